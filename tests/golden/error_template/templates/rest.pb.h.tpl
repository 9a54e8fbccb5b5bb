// {{PROTO}}
{{#SERVICE}}
class {{HANDLERR}} {
{{#METHODS}}
{{/METHODS}}
};
{{/SERVICE}}
