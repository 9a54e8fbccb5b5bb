call.context(), {{BR}}\
{{#UNARY}}call.request<{{REQUEST}}>(), {{BR}}call.response<{{RESPONSE}}>(){{/UNARY}}\
{{#SERVER_STREAM}}call.request<{{REQUEST}}>(), {{BR}}call.stream<::protorest::AsyncWriter<{{RESPONSE}}>>(){{/SERVER_STREAM}}\
{{#CLIENT_STREAM}}call.stream<::protorest::AsyncReader<{{REQUEST}}>>(), {{BR}}call.response<{{RESPONSE}}>(){{/CLIENT_STREAM}}\
{{#BIDI_STREAM}}call.stream<::protorest::AsyncReaderWriter<{{REQUEST}}, {{BR}}{{RESPONSE}}>>(){{/BIDI_STREAM}}
