// Router: from an HTTP method and a raw path to the one route that matches, and its captured
// values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "protorest/status.h"
#include "transcode/literal_table.h"
#include "transcode/path_template.h"

namespace protorest::transcode {

enum class RouteOutcome {
  kMatch,
  kNotFound,          // 404
  kMethodNotAllowed,  // 405, or 204 for OPTIONS; RouteMatch::allow() says what is (rules P21, P23)
  kMalformed,         // 400: an escape in the path is broken (rule P5)
};

// What Router::Find found, and the memory that it works in. Reused, it makes lookups free of
// allocation.
class RouteMatch {
 public:
  // The number that was given to Router::Add; after kMatch.
  std::uint32_t route() const { return route_; }

  // The value of each variable of the template, in its order, decoded (rules P1 to P4); after
  // kMatch. The views are into the path that was looked up, or into this object until its next
  // lookup.
  std::span<const std::string_view> captures() const { return captures_; }

  // "GET, HEAD, OPTIONS", for the Allow header; after kMethodNotAllowed.
  const std::string& allow() const { return allow_; }

  // How many nodes the lookup visited: what its cost is proportional to, beside the path's length.
  std::size_t visited() const { return visited_; }

 private:
  friend class Router;

  struct Segment {
    std::string_view raw;
    std::string_view text;  // decoded
    std::size_t hash;       // of text
  };
  // A way to read the last segment: with a registered verb cut off, or whole.
  struct Ending {
    std::uint32_t verb;  // Router::kNoVerb: whole
    Segment segment;
  };

  std::uint32_t route_ = 0;
  std::size_t visited_ = 0;
  std::vector<std::string_view> captures_;
  std::vector<Segment> segments_;
  std::vector<Ending> endings_;  // the one that cuts the shortest verb first, "whole" last
  std::string scratch_;          // decoded text
  std::string allow_;
};

// The routes of a server. Add them all, then look up from any number of threads.
//
// A tree with one edge for each segment. In each node a literal goes before "*", and "*" before
// "**" (rule P13), and a lookup turns back where it ends nowhere; so it is the most specific route
// that is found, whatever the order of registration. A path that ends in a registered verb is
// walked without it first, and whole if that leads nowhere (rule P9). A node has one way to it, and
// "**" stands once in a template, so a walk visits each node below a "**" at most once for each
// number of segments that may follow, and every other node at most once: no path makes it
// exponential.
class Router {
 public:
  // `verb`: "GET", or any other method; "*" for every method that no other route of the same shape
  // names (rule P29). `path`: the template, as written. `name` is for messages:
  // "users.v1.UserService/GetUser". `route` is what a match will say.
  // Fails with INVALID_ARGUMENT for a malformed template, with ALREADY_EXISTS if a route with that
  // verb and shape is there: the message names both (rule P16).
  Status Add(std::string_view verb, std::string_view path, std::string_view name,
             std::uint32_t route);

  // `path` is raw, as sent, without the query.
  RouteOutcome Find(std::string_view method, std::string_view path, RouteMatch& match) const;

  // The methods of all routes that match: allow(), where "*" stands for any other. False: there is
  // none, or the path is malformed.
  bool FindMethods(std::string_view path, RouteMatch& match) const;

 private:
  using NodeId = std::uint32_t;    // an index in nodes_
  using EndId = std::uint32_t;     // in ends_
  using VerbId = std::uint32_t;    // of a ":verb"
  using MethodId = std::uint32_t;  // in methods_
  using Segment = RouteMatch::Segment;
  using Ending = RouteMatch::Ending;
  static constexpr NodeId kNone = LiteralTable::kNone;  // the root, nobody's child
  static constexpr EndId kNoEnd = ~EndId{0};
  static constexpr VerbId kNoVerb = 0;
  static constexpr MethodId kAnyMethod = 0, kGet = 1, kHead = 2, kUnknownMethod = ~MethodId{0};

  // Nodes, ends and variables are what a lookup reads: small, and those of a route side by side, so
  // that many routes stay in the cache.
  struct Node {
    NodeId single = kNone;      // child by "*"
    NodeId multi = kNone;       // child by "**"
    EndId first_end = kNoEnd;   // the routes that end here
    bool has_literals = false;  // children in literals_
  };
  struct End {
    EndId next;  // of the same node
    VerbId verb;
    MethodId method;
    std::uint32_t route;      // the number
    std::uint32_t segments;   // of the template
    std::uint32_t multi_at;   // where "**" stands in it; `segments`: nowhere
    std::uint32_t variables;  // the first of them in variables_
    std::uint32_t variable_count;
  };
  struct Variable {
    std::uint32_t begin, end;  // segments of the template
    bool multi;                // IsMultiSegment
  };
  struct Label {  // of an end, for messages
    std::string path;
    std::string name;
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };

  NodeId AddChild(NodeId parent, const PathSegment& segment);
  MethodId AddMethod(std::string_view method);
  MethodId FindMethod(std::string_view method) const;
  void AddEnd(NodeId node, VerbId verb, MethodId method, const PathTemplate& path,
              std::uint32_t route);
  // kMatch: the path can be looked up.
  RouteOutcome Split(std::string_view path, RouteMatch& match) const;
  void FindEndings(RouteMatch& match) const;
  static void SetSegment(std::string_view raw, Segment& segment, RouteMatch& match);
  template <class Accept>
  bool Walk(NodeId id, std::size_t at, RouteMatch& match, const Accept& accept) const;
  template <class Accept>
  bool WalkEachEnding(RouteMatch& match, const Accept& accept) const;
  const End* Choose(const Node& node, VerbId verb, MethodId method) const;
  template <class Visit>
  void ForEachEnd(const Node& node, VerbId verb, const Visit& visit) const;
  bool FindAllowed(RouteMatch& match) const;
  void Capture(const End& end, RouteMatch& match) const;

  std::vector<Node> nodes_ = std::vector<Node>(1);
  std::vector<End> ends_;
  std::vector<Variable> variables_;
  std::vector<Label> labels_;  // by EndId
  LiteralTable literals_;
  // By the node of a "**": how many segments may follow, the longest first.
  std::unordered_map<NodeId, std::vector<std::size_t>> suffixes_;
  std::vector<std::string> methods_ = {"*", "GET", "HEAD"};
  std::unordered_map<std::string, VerbId, TextHash, std::equal_to<>> verbs_;
  int max_colons_ = 0;  // in any registered verb, its own colon included
};

}  // namespace protorest::transcode
