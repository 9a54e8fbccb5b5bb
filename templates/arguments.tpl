call.context(), {{BR}}\
{{#UNARY}}call.request(), call.response(){{/UNARY}}\
{{#SERVER_STREAM}}call.request(), call.stream(){{/SERVER_STREAM}}\
{{#CLIENT_STREAM}}call.stream(), call.response(){{/CLIENT_STREAM}}\
{{#BIDI_STREAM}}call.stream(){{/BIDI_STREAM}}
