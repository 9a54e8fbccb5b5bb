# OpenAPI 3.2, a document for each service, begun by hand; operations named in another way.
set(OPTIONS "grpc=false,openapi=3.2,openapi_per=service,openapi_base=base.yaml,operation_id={method}")
list(APPEND IMPORT_DIRS "${ROOT}/tests/support/google_options")
