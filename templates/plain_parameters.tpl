::protorest::Context& context, {{BR}}\
{{#UNARY}}const {{REQUEST}}& request, {{BR}}{{RESPONSE}}& response{{/UNARY}}\
{{#SERVER_STREAM}}const {{REQUEST}}& request, {{BR}}::protorest::Writer<{{RESPONSE}}>& responses{{/SERVER_STREAM}}\
{{#CLIENT_STREAM}}::protorest::Reader<{{REQUEST}}>& requests, {{BR}}{{RESPONSE}}& response{{/CLIENT_STREAM}}\
{{#BIDI_STREAM}}::protorest::ReaderWriter<{{REQUEST}}, {{BR}}{{RESPONSE}}>& stream{{/BIDI_STREAM}}
