set(OPTIONS "openapi_base=base.yaml")
