{{! What is asked before a field's value is read. }}
{{#ONEOF_MEMBER}}object.Member(message, {{BR}}message.{{ONEOF}}_case(){{#NULL_IS_VALUE}}, true{{/NULL_IS_VALUE}}){{/ONEOF_MEMBER}}\
{{#NULL_IS_NOTHING}}!reader.Null(){{/NULL_IS_NOTHING}}
