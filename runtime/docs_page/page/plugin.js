// The plugin for Swagger UI: what operations with x-protorest-stream have that others have not.
import {prepareDocument} from "./document.js";
import {makePanel} from "./panel.js";
import {transportsOf} from "./transports.js";

const kArrows = {server: "⇣ stream", client: "⇡ stream", bidi: "⇅ stream"};

export function StreamsPlugin(system) {
  const {React} = system;
  const h = React.createElement;
  const StreamPanel = makePanel(system);
  const documentAt = (path) => system.specSelectors.specJson().getIn(path);

  return {
    wrapComponents: {
      // The button "Execute".
      execute: (Original) => (props) => h(transportsOf(props.operation).length > 0 ? StreamPanel : Original, props),

      // What a client streams is written in the panel; here stands what a message looks like.
      RequestBody: (Original) => (props) => {
        const streamed = transportsOf(documentAt(props.specPath.butLast())).some(({sends}) => sends);
        return h(Original, streamed ? {...props, isExecute: false} : props);
      },

      // One server is no choice.
      ServersContainer: (Original) => (props) => {
        const servers = system.specSelectors.servers();
        return servers.size > 1 || servers.first()?.has("variables") ? h(Original, props) : null;
      },

      OperationSummaryPath: (Original) => (props) => {
        const arrow = kArrows[documentAt(props.specPath.push("x-protorest-stream"))];
        return h(React.Fragment, null, h(Original, props), arrow && h("span", {className: "stream-badge"}, arrow));
      },
    },

    statePlugins: {
      spec: {
        wrapActions: {
          updateJsonSpec: (original, {specSelectors}) => (document) =>
            original(prepareDocument(document, new URL(specSelectors.url(), location))),

          // A panel takes the request that would be sent here, with the parameters and the authorization in it, and
          // makes the call itself: Swagger UI shows a response when it is whole, and would wait for ever.
          executeRequest: (original) => (request) => {
            const {streamTo} = request;
            if (!streamTo) return original(request);
            const fetch = (built) => {
              streamTo(built);
              return new Promise(() => {});
            };
            return original({...request, fetch});
          },
        },
      },
    },
  };
}
