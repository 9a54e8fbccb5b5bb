// The router: a tree of segments, walked depth first.
#include "transcode/router.h"

#include <algorithm>
#include <utility>

#include "transcode/url.h"

namespace protorest::transcode {
namespace {

using Kind = PathSegment::Kind;

}  // namespace

Status Router::Add(std::string_view verb, std::string_view path, std::string_view name,
                   std::uint32_t route) {
  PathTemplate parsed;
  PathTemplateError error;
  if (!ParsePathTemplate(path, parsed, error)) {
    return Status::InvalidArgument(std::string(name) + ": path template \"" + std::string(path) +
                                   "\" " + error.ToString());
  }
  NodeId node = 0;
  NodeId multi = kNone;
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
  const MethodId method = AddMethod(verb);
  for (EndId id = nodes_[node].first_end; id != kNoEnd; id = ends_[id].next) {
    if (ends_[id].verb == verb_id && ends_[id].method == method) {  // rule P16
      return Status(Code::kAlreadyExists, std::string(verb) + " " + std::string(path) + " of " +
                                              std::string(name) + " matches the same paths as " +
                                              labels_[id].path + " of " + labels_[id].name +
                                              "; give one of them another path");
    }
  }
  if (multi != kNone) {
    std::vector<std::size_t>& suffixes = suffixes_[multi];
    const auto at = std::lower_bound(suffixes.begin(), suffixes.end(), suffix, std::greater<>());
    if (at == suffixes.end() || *at != suffix) suffixes.insert(at, suffix);
  }
  AddEnd(node, verb_id, method, parsed, route);
  labels_.push_back({std::string(path), std::string(name)});
  return Status::Ok();
}

Router::NodeId Router::AddChild(NodeId parent, const PathSegment& segment) {
  const NodeId next = static_cast<NodeId>(nodes_.size());
  if (segment.kind == Kind::kLiteral) {
    const std::size_t hash = LiteralTable::Hash(segment.literal);
    const NodeId child = literals_.Find(parent, hash, segment.literal);
    if (child != kNone) return child;
    literals_.Add(parent, hash, segment.literal, next);
    nodes_[parent].has_literals = true;
  } else {
    NodeId& edge = segment.kind == Kind::kMulti ? nodes_[parent].multi : nodes_[parent].single;
    if (edge != kNone) return edge;
    edge = next;
  }
  nodes_.emplace_back();
  return next;
}

Router::MethodId Router::AddMethod(std::string_view method) {
  const MethodId known = FindMethod(method);
  if (known != kUnknownMethod) return known;
  methods_.emplace_back(method);
  return static_cast<MethodId>(methods_.size() - 1);
}

Router::MethodId Router::FindMethod(std::string_view method) const {
  const auto found = std::find(methods_.begin(), methods_.end(), method);
  return found == methods_.end() ? kUnknownMethod : static_cast<MethodId>(found - methods_.begin());
}

void Router::AddEnd(NodeId node, VerbId verb, MethodId method, const PathTemplate& path,
                    std::uint32_t route) {
  const auto multi = std::find_if(path.segments.begin(), path.segments.end(),
                                  [](const PathSegment& s) { return s.kind == Kind::kMulti; });
  End end{.next = nodes_[node].first_end,
          .verb = verb,
          .method = method,
          .route = route,
          .segments = static_cast<std::uint32_t>(path.segments.size()),
          .multi_at = static_cast<std::uint32_t>(multi - path.segments.begin()),
          .variables = static_cast<std::uint32_t>(variables_.size()),
          .variable_count = static_cast<std::uint32_t>(path.variables.size())};
  for (const PathVariable& variable : path.variables) {
    variables_.push_back({static_cast<std::uint32_t>(variable.begin),
                          static_cast<std::uint32_t>(variable.end),
                          IsMultiSegment(path, variable)});
  }
  nodes_[node].first_end = static_cast<EndId>(ends_.size());
  ends_.push_back(end);
}

RouteOutcome Router::Find(std::string_view method, std::string_view path, RouteMatch& match) const {
  if (const RouteOutcome outcome = Split(path, match); outcome != RouteOutcome::kMatch) {
    return outcome;
  }
  const MethodId wanted = FindMethod(method);
  const End* found = nullptr;
  WalkEachEnding(match, [&](const Node& node, VerbId verb) {
    found = Choose(node, verb, wanted);
    return found != nullptr;
  });
  if (found == nullptr) {
    return FindAllowed(match) ? RouteOutcome::kMethodNotAllowed : RouteOutcome::kNotFound;
  }
  match.route_ = found->route;
  Capture(*found, match);
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
    // Room for the segments, the captures, and the last segment cut before each verb: the views
    // must hold.
    match.scratch_.reserve(path.size() * (2 + max_colons_));
  }
  path.remove_prefix(1);
  while (!path.empty() || !match.segments_.empty()) {
    const std::size_t slash = path.find('/');
    Segment& segment = match.segments_.emplace_back();
    SetSegment(path.substr(0, slash), segment, match);
    if (slash == path.npos) break;
    path.remove_prefix(slash + 1);
  }
  FindEndings(match);
  return RouteOutcome::kMatch;
}

void Router::FindEndings(RouteMatch& match) const {
  match.endings_.clear();
  const Segment whole = match.segments_.empty() ? Segment() : match.segments_.back();
  std::size_t colon = whole.raw.size();
  for (int i = 0; i < max_colons_ && colon > 0; ++i) {
    colon = whole.raw.rfind(':', colon - 1);
    if (colon == whole.raw.npos) break;
    std::string decoded;
    std::string_view verb;
    if (!UrlDecode(whole.raw.substr(colon + 1), UrlPart::kSegment, decoded, verb)) break;
    const auto found = verbs_.find(verb);
    if (found == verbs_.end()) continue;
    Ending& ending = match.endings_.emplace_back();
    ending.verb = found->second;
    SetSegment(whole.raw.substr(0, colon), ending.segment, match);
  }
  match.endings_.push_back({kNoVerb, whole});
}

void Router::SetSegment(std::string_view raw, Segment& segment, RouteMatch& match) {
  segment.raw = raw;
  // Cannot fail: Split has checked the escapes.
  if (!UrlDecode(raw, UrlPart::kSegment, match.scratch_, segment.text)) segment.text = raw;
  segment.hash = LiteralTable::Hash(segment.text);
}

// Walks the tree once for each ending, until `accept`, called with a node and the ending's verb,
// says true; the last segment is then that ending's.
template <class Accept>
bool Router::WalkEachEnding(RouteMatch& match, const Accept& accept) const {
  for (const Ending& ending : match.endings_) {
    if (!match.segments_.empty()) match.segments_.back() = ending.segment;
    if (Walk(0, 0, match, [&](const Node& node) { return accept(node, ending.verb); })) return true;
  }
  return false;
}

// Goes from the node `id`, with the segments from `at` on still to be matched, to every node where
// the path may end, the most specific one first, until `accept` takes one.
template <class Accept>
bool Router::Walk(NodeId id, std::size_t at, RouteMatch& match, const Accept& accept) const {
  ++match.visited_;
  const Node& node = nodes_[id];
  const std::size_t count = match.segments_.size();
  if (at == count) {
    if (accept(node)) return true;
  } else {
    const Segment& segment = match.segments_[at];
    if (node.has_literals) {
      const NodeId child = literals_.Find(id, segment.hash, segment.text);
      if (child != kNone && Walk(child, at + 1, match, accept)) return true;
    }
    if (node.single != kNone && !segment.raw.empty()) {  // rule P7
      if (Walk(node.single, at + 1, match, accept)) return true;
    }
  }
  if (node.multi == kNone) return false;
  for (const std::size_t suffix : suffixes_.find(node.multi)->second) {
    if (at + suffix <= count && Walk(node.multi, count - suffix, match, accept)) return true;
  }
  return false;
}

// Calls `visit` with each end of `node` that has that verb.
template <class Visit>
void Router::ForEachEnd(const Node& node, VerbId verb, const Visit& visit) const {
  for (EndId id = node.first_end; id != kNoEnd; id = ends_[id].next) {
    if (ends_[id].verb == verb) visit(ends_[id]);
  }
}

// The route for `method` among those that end in a node: its own, or GET's for HEAD (rule P22), or
// that of every method (P29).
const Router::End* Router::Choose(const Node& node, VerbId verb, MethodId method) const {
  const End* own = nullptr;
  const End* get = nullptr;
  const End* any = nullptr;
  ForEachEnd(node, verb, [&](const End& end) {
    if (end.method == method) own = &end;
    if (end.method == kGet && method == kHead) get = &end;
    if (end.method == kAnyMethod) any = &end;
  });
  return own != nullptr ? own : get != nullptr ? get : any;
}

// Lists the methods of every route that matches but for its method.
bool Router::FindAllowed(RouteMatch& match) const {
  std::vector<std::string_view> methods;
  WalkEachEnding(match, [&](const Node& node, VerbId verb) {
    ForEachEnd(node, verb, [&](const End& end) { methods.push_back(methods_[end.method]); });
    return false;
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

void Router::Capture(const End& end, RouteMatch& match) const {
  const std::vector<Segment>& segments = match.segments_;
  // "**" stands for this many more segments than one; what stands behind it is moved by as many.
  const std::size_t shift = segments.size() - end.segments;  // may wrap: added, it wraps back
  const auto place = [&](std::size_t index) {
    return index <= end.multi_at ? index : index + shift;
  };
  for (std::uint32_t i = 0; i < end.variable_count; ++i) {
    const Variable& variable = variables_[end.variables + i];
    const std::size_t first = place(variable.begin);
    const std::size_t last = place(variable.end);
    std::string_view value;
    if (!variable.multi) {
      value = segments[first].text;
    } else if (first < last) {
      const char* begin = segments[first].raw.data();
      const std::string_view back = segments[last - 1].raw;
      const std::string_view raw(begin,
                                 static_cast<std::size_t>(back.data() + back.size() - begin));
      if (!UrlDecode(raw, UrlPart::kMultiSegment, match.scratch_, value)) value = raw;
    }
    match.captures_.push_back(value);
  }
}

}  // namespace protorest::transcode
