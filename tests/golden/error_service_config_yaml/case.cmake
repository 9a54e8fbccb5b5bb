# Files that are no service configs, or have keys that mean nothing.
set(OPTIONS "service_config=keys.yaml,service_config=syntax.yaml,service_config=missing.yaml,service_config=list.yaml,service_config=shape.yaml")
