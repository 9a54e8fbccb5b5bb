# Rules that the .proto does not bear out.
set(OPTIONS "service_config=rules.yaml")
