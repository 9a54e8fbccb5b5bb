{{#UNARY}}Unary({{TABLE}}::methods[{{INDEX}}], {{BR}}context, {{BR}}request, {{BR}}response){{/UNARY}}\
{{#SERVER_STREAM}}ServerStream({{TABLE}}::methods[{{INDEX}}], {{BR}}context, {{BR}}request, {{BR}}responses.stream()){{/SERVER_STREAM}}\
{{#CLIENT_STREAM}}ClientStream({{TABLE}}::methods[{{INDEX}}], {{BR}}context, {{BR}}requests.stream(), {{BR}}response){{/CLIENT_STREAM}}\
{{#BIDI_STREAM}}BidiStream({{TABLE}}::methods[{{INDEX}}], {{BR}}context, {{BR}}stream.stream()){{/BIDI_STREAM}}
