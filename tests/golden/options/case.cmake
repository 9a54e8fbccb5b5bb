# What each parameter leaves out or adds.
set(OPTIONS "grpc=false,json=false,openapi_out=quiet,unbound=skip")
