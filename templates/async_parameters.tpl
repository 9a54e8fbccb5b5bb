::protorest::Context& context, {{BR}}\
{{#UNARY}}const {{REQUEST}}& request, {{BR}}{{RESPONSE}}& response{{/UNARY}}\
{{#SERVER_STREAM}}const {{REQUEST}}& request, {{BR}}::protorest::AsyncWriter<{{RESPONSE}}>& responses{{/SERVER_STREAM}}\
{{#CLIENT_STREAM}}::protorest::AsyncReader<{{REQUEST}}>& requests, {{BR}}{{RESPONSE}}& response{{/CLIENT_STREAM}}\
{{#BIDI_STREAM}}::protorest::AsyncReaderWriter<{{REQUEST}}, {{BR}}{{RESPONSE}}>& stream{{/BIDI_STREAM}}
