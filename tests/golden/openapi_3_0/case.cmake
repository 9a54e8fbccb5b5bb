# OpenAPI 3.0, and the JSON of a server that writes names of the .proto and numbers.
set(OPTIONS "grpc=false,json=false,openapi=3.0,error_format=aip193,json_names=proto,json_enums=number,json_int64=number,openapi_media=all")
