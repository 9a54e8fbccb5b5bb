// Router: from an HTTP method and a raw path to the one route that matches, and its captured
// values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "protorest/status.h"
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

  std::uint32_t route_ = 0;
  std::size_t visited_ = 0;
  std::vector<std::string_view> captures_;
  std::vector<Segment> segments_;
  std::string scratch_;  // decoded text
  std::string allow_;
};

// The routes of a server. Add them all, then look up from any number of threads.
//
// A tree with one edge for each segment. In each node a literal goes before "*", and "*" before
// "**" (rule P13), and a lookup turns back where it ends nowhere; so it is the most specific route
// that is found, whatever the order of registration. A node has one way to it, and "**" stands once
// in a template, so a lookup visits each node below a "**" at most once for each number of segments
// that may follow, and every other node at most once: no path makes it exponential. Literals are
// found by hash.
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
  using Node = std::uint32_t;    // an index in nodes_
  using VerbId = std::uint32_t;  // of a ":verb"
  static constexpr VerbId kNoVerb = 0;
  static constexpr Node kNone = 0;  // the root is nobody's child

  struct Route {
    std::string method;
    std::string text;  // the template as written
    PathTemplate path;
    std::string name;
    std::uint32_t number;
  };
  struct End {  // a route that ends in a node
    VerbId verb;
    const Route* route;
  };
  struct NodeData {
    Node single = kNone;        // child by "*"
    Node multi = kNone;         // child by "**"
    bool has_literals = false;  // children in literals_
    std::vector<std::size_t>
        suffixes;  // below "**": how many segments may follow, the longest first
    std::vector<End> ends;
  };
  struct LiteralKey {
    Node parent;
    std::size_t hash;
    std::string_view text;  // in literal_texts_, or of the path looked up

    bool operator==(const LiteralKey& other) const {
      return parent == other.parent && text == other.text;
    }
  };
  struct LiteralHash {
    std::size_t operator()(const LiteralKey& key) const {
      return key.hash ^ (key.parent * std::size_t{0x9E3779B97F4A7C15});
    }
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };

  Node AddChild(Node parent, const PathSegment& segment);
  Node FindLiteral(Node parent, std::size_t hash, std::string_view text) const;
  // kMatch: the path can be looked up.
  RouteOutcome Split(std::string_view path, RouteMatch& match) const;
  static void SetSegment(std::string_view raw, RouteMatch::Segment& segment, RouteMatch& match);
  template <class Visit>
  bool ForEachVerb(RouteMatch& match, Visit visit) const;
  template <class Accept>
  bool Walk(Node node, std::size_t at, RouteMatch& match, const Accept& accept) const;
  const Route* Choose(const NodeData& node, VerbId verb, std::string_view method) const;
  bool FindAllowed(RouteMatch& match) const;
  void Capture(const Route& route, RouteMatch& match) const;

  std::vector<NodeData> nodes_ = std::vector<NodeData>(1);
  std::unordered_map<LiteralKey, Node, LiteralHash> literals_;
  std::deque<std::string> literal_texts_;  // stable addresses
  std::deque<Route> routes_;
  std::unordered_map<std::string, VerbId, TextHash, std::equal_to<>> verbs_;
  int max_colons_ = 0;  // in any registered verb, its own colon included
};

}  // namespace protorest::transcode
