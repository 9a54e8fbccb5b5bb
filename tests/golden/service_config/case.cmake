# Rules from two files; the second one adds to the first, and wins where both select a method.
set(OPTIONS "service_config=store.yaml,service_config=more.yaml")
