::protorest::Context&, {{BR}}\
{{#UNARY}}const {{REQUEST}}&, {{BR}}{{RESPONSE}}&{{/UNARY}}\
{{#SERVER_STREAM}}const {{REQUEST}}&, {{BR}}::protorest::AsyncWriter<{{RESPONSE}}>&{{/SERVER_STREAM}}\
{{#CLIENT_STREAM}}::protorest::AsyncReader<{{REQUEST}}>&, {{BR}}{{RESPONSE}}&{{/CLIENT_STREAM}}\
{{#BIDI_STREAM}}::protorest::AsyncReaderWriter<{{REQUEST}}, {{BR}}{{RESPONSE}}>&{{/BIDI_STREAM}}
