::protorest::Context&, {{BR}}\
{{#UNARY}}const {{REQUEST}}&, {{BR}}{{RESPONSE}}&{{/UNARY}}\
{{#SERVER_STREAM}}const {{REQUEST}}&, {{BR}}::protorest::Writer<{{RESPONSE}}>&{{/SERVER_STREAM}}\
{{#CLIENT_STREAM}}::protorest::Reader<{{REQUEST}}>&, {{BR}}{{RESPONSE}}&{{/CLIENT_STREAM}}\
{{#BIDI_STREAM}}::protorest::ReaderWriter<{{REQUEST}}, {{BR}}{{RESPONSE}}>&{{/BIDI_STREAM}}
