// The router: a tree of segments, walked depth first.
#include "transcode/router.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "transcode/url.h"

namespace protorest::transcode {
namespace {

using Kind = PathSegment::Kind;

std::size_t HashOf(std::string_view text) { return std::hash<std::string_view>()(text); }

}  // namespace

Status Router::Add(std::string_view verb, std::string_view path, std::string_view name,
                   std::uint32_t route) {
  PathTemplate parsed;
  PathTemplateError error;
  if (!ParsePathTemplate(path, parsed, error)) {
    return Status::InvalidArgument(std::string(name) + ": path template \"" + std::string(path) +
                                   "\" " + error.ToString());
  }
  Node node = 0;
  Node multi = kNone;
  std::size_t suffix = 0;
  for (const PathSegment& segment : parsed.segments) {
    node = AddChild(node, segment);
    ++suffix;
    if (segment.kind == Kind::kMulti) {
      multi = node;
      suffix = 0;
    }
  }
  VerbId verb_id = kNoVerb;
  if (!parsed.verb.empty()) {
    verb_id = verbs_.emplace(parsed.verb, verbs_.size() + 1).first->second;
    const auto colons = std::count(parsed.verb.begin(), parsed.verb.end(), ':') + 1;
    max_colons_ = std::max(max_colons_, static_cast<int>(colons));
  }
  for (const End& end : nodes_[node].ends) {
    if (end.verb == verb_id && end.route->method == verb) {
      return Status(Code::kAlreadyExists, std::string(verb) + " " + std::string(path) + " of " +
                                              std::string(name) + " matches the same paths as " +
                                              end.route->text + " of " + end.route->name +
                                              " (rule P16); give one of them another path");
    }
  }
  if (multi != kNone) {
    std::vector<std::size_t>& suffixes = nodes_[multi].suffixes;
    const auto at = std::lower_bound(suffixes.begin(), suffixes.end(), suffix, std::greater<>());
    if (at == suffixes.end() || *at != suffix) suffixes.insert(at, suffix);
  }
  routes_.push_back(
      {std::string(verb), std::string(path), std::move(parsed), std::string(name), route});
  nodes_[node].ends.push_back({verb_id, &routes_.back()});
  return Status::Ok();
}

Router::Node Router::AddChild(Node parent, const PathSegment& segment) {
  const Node next = static_cast<Node>(nodes_.size());
  Node child = kNone;
  if (segment.kind == Kind::kLiteral) {
    const std::size_t hash = HashOf(segment.literal);
    child = FindLiteral(parent, hash, segment.literal);
    if (child != kNone) return child;
    const std::string& text = literal_texts_.emplace_back(segment.literal);
    literals_.emplace(LiteralKey{parent, hash, text}, next);
    nodes_[parent].has_literals = true;
  } else {
    Node& edge = segment.kind == Kind::kMulti ? nodes_[parent].multi : nodes_[parent].single;
    if (edge != kNone) return edge;
    edge = next;
  }
  nodes_.emplace_back();
  return next;
}

Router::Node Router::FindLiteral(Node parent, std::size_t hash, std::string_view text) const {
  const auto found = literals_.find(LiteralKey{parent, hash, text});
  return found == literals_.end() ? kNone : found->second;
}

RouteOutcome Router::Find(std::string_view method, std::string_view path, RouteMatch& match) const {
  if (const RouteOutcome outcome = Split(path, match); outcome != RouteOutcome::kMatch) {
    return outcome;
  }
  const Route* route = nullptr;
  ForEachVerb(match, [&](VerbId verb) {
    return Walk(0, 0, match, [&](const NodeData& node) {
      route = Choose(node, verb, method);
      return route != nullptr;
    });
  });
  if (route == nullptr) {
    return FindAllowed(match) ? RouteOutcome::kMethodNotAllowed : RouteOutcome::kNotFound;
  }
  match.route_ = route->number;
  Capture(*route, match);
  return RouteOutcome::kMatch;
}

bool Router::FindMethods(std::string_view path, RouteMatch& match) const {
  return Split(path, match) == RouteOutcome::kMatch && FindAllowed(match);
}

// Cuts the path into segments, decoded and hashed. "/" has none; "/a/" has two, the last one empty.
RouteOutcome Router::Split(std::string_view path, RouteMatch& match) const {
  match.visited_ = 0;
  match.captures_.clear();
  match.segments_.clear();
  match.scratch_.clear();
  if (path.empty() || path[0] != '/') return RouteOutcome::kNotFound;
  if (!IsWellEscaped(path)) return RouteOutcome::kMalformed;
  if (path.find('%') != path.npos) {
    // Room for the segments, the captures, and the last segment cut before each verb, twice (Find
    // and FindAllowed): the views must hold.
    match.scratch_.reserve(path.size() * (2 + 2 * max_colons_));
  }
  path.remove_prefix(1);
  while (!path.empty() || !match.segments_.empty()) {
    const std::size_t slash = path.find('/');
    RouteMatch::Segment& segment = match.segments_.emplace_back();
    SetSegment(path.substr(0, slash), segment, match);
    if (slash == path.npos) break;
    path.remove_prefix(slash + 1);
  }
  return RouteOutcome::kMatch;
}

void Router::SetSegment(std::string_view raw, RouteMatch::Segment& segment, RouteMatch& match) {
  segment.raw = raw;
  // Cannot fail: Find has checked the escapes.
  if (!UrlDecode(raw, UrlPart::kSegment, match.scratch_, segment.text)) segment.text = raw;
  segment.hash = HashOf(segment.text);
}

// Calls `visit` with each registered verb that the path may end in, the last colon's first, and
// then with "no verb", until it says true (rule P9). While it runs, the last segment is cut before
// that verb.
template <class Visit>
bool Router::ForEachVerb(RouteMatch& match, Visit visit) const {
  if (max_colons_ > 0 && !match.segments_.empty()) {
    RouteMatch::Segment& last = match.segments_.back();
    const RouteMatch::Segment whole = last;
    std::size_t colon = whole.raw.size();
    for (int i = 0; i < max_colons_ && colon > 0; ++i) {
      colon = whole.raw.rfind(':', colon - 1);
      if (colon == whole.raw.npos) break;
      std::string decoded;
      std::string_view verb;
      if (!UrlDecode(whole.raw.substr(colon + 1), UrlPart::kSegment, decoded, verb)) break;
      const auto found = verbs_.find(verb);
      if (found == verbs_.end()) continue;
      SetSegment(whole.raw.substr(0, colon), last, match);
      if (visit(found->second)) return true;
      last = whole;
    }
  }
  return visit(kNoVerb);
}

// Goes from `node`, with the segments from `at` on still to be matched, to every node where the
// path may end, the most specific one first, until `accept` takes one.
template <class Accept>
bool Router::Walk(Node node, std::size_t at, RouteMatch& match, const Accept& accept) const {
  ++match.visited_;
  const NodeData& data = nodes_[node];
  const std::size_t count = match.segments_.size();
  if (at == count) {
    if (accept(data)) return true;
  } else {
    const RouteMatch::Segment& segment = match.segments_[at];
    if (data.has_literals) {
      const Node child = FindLiteral(node, segment.hash, segment.text);
      if (child != kNone && Walk(child, at + 1, match, accept)) return true;
    }
    if (data.single != kNone && !segment.raw.empty()) {  // rule P7
      if (Walk(data.single, at + 1, match, accept)) return true;
    }
  }
  if (data.multi == kNone) return false;
  for (const std::size_t suffix : nodes_[data.multi].suffixes) {
    if (at + suffix <= count && Walk(data.multi, count - suffix, match, accept)) return true;
  }
  return false;
}

// The route for `method` among those that end in a node: its own, or GET's for HEAD (rule P22), or
// that of every method (P29).
const Router::Route* Router::Choose(const NodeData& node, VerbId verb,
                                    std::string_view method) const {
  const Route* get = nullptr;
  const Route* any = nullptr;
  for (const End& end : node.ends) {
    if (end.verb != verb) continue;
    if (end.route->method == method) return end.route;
    if (end.route->method == "GET" && method == "HEAD") get = end.route;
    if (end.route->method == "*") any = end.route;
  }
  return get != nullptr ? get : any;
}

// Lists the methods of every route that matches but for its method.
bool Router::FindAllowed(RouteMatch& match) const {
  std::vector<std::string_view> methods;
  ForEachVerb(match, [&](VerbId verb) {
    return Walk(0, 0, match, [&](const NodeData& node) {
      for (const End& end : node.ends) {
        if (end.verb == verb) methods.push_back(end.route->method);
      }
      return false;
    });
  });
  if (methods.empty()) return false;
  if (std::find(methods.begin(), methods.end(), "GET") != methods.end()) methods.push_back("HEAD");
  methods.push_back("OPTIONS");
  std::sort(methods.begin(), methods.end());
  methods.erase(std::unique(methods.begin(), methods.end()), methods.end());
  match.allow_.clear();
  for (const std::string_view method : methods) {
    if (!match.allow_.empty()) match.allow_ += ", ";
    match.allow_ += method;
  }
  return true;
}

void Router::Capture(const Route& route, RouteMatch& match) const {
  const PathTemplate& path = route.path;
  if (path.variables.empty()) return;
  const std::vector<RouteMatch::Segment>& segments = match.segments_;
  // "**" stands for this many more segments than one; what stands behind it is moved by as many.
  const int shift = static_cast<int>(segments.size()) - static_cast<int>(path.segments.size());
  const auto multi = std::find_if(path.segments.begin(), path.segments.end(),
                                  [](const PathSegment& s) { return s.kind == Kind::kMulti; });
  const int multi_at = static_cast<int>(std::distance(path.segments.begin(), multi));
  const auto place = [&](int index) { return index <= multi_at ? index : index + shift; };
  for (const PathVariable& variable : path.variables) {
    const int begin = place(variable.begin);
    const int end = place(variable.end);
    std::string_view value;
    if (!IsMultiSegment(path, variable)) {
      value = segments[begin].text;
    } else if (begin < end) {
      const char* first = segments[begin].raw.data();
      const char* last = segments[end - 1].raw.data() + segments[end - 1].raw.size();
      const std::string_view raw(first, static_cast<std::size_t>(last - first));
      if (!UrlDecode(raw, UrlPart::kMultiSegment, match.scratch_, value)) value = raw;
    }
    match.captures_.push_back(value);
  }
}

}  // namespace protorest::transcode
