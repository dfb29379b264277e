// Tested by tests/unit/detect/detector_test.cc.
#include "detect/window_scan.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/text.h"
#include "detect/excerpt.h"
#include "detect/grammar.h"

namespace hfscan {
namespace {

constexpr int kMaxDepth = 4;  // base64 of base64 of UTF-16 and one to spare

std::string joined(std::string_view outer, std::string_view inner) {
  if (outer == "plain") return std::string(inner);
  return inner == "plain" ? std::string(outer) : cat(outer, "+", inner);
}

// Whether a person who reads the text does not see the token in it.
bool is_hidden(std::string_view encoding) {
  static constexpr std::array<std::string_view, 3> kHiding = {"base64", "hex", "split"};
  return std::any_of(kHiding.begin(), kHiding.end(),
                     [&](std::string_view name) { return encoding.find(name) != std::string_view::npos; });
}

// White space folded, so that re-wrapping a hit does not change its fingerprint.
std::string normalised(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || (c >= '\t' && c <= '\r');
    if (!space)
      out.push_back(c);
    else if (!out.empty() && out.back() != ' ')
      out.push_back(' ');
  }
  return out;
}

// What a rule about the structure of a file says beyond its place.
void apply_structure(const RuleHit& hit, const TextLayer& layer, Finding& finding) {
  finding.severity = hit.severity.value_or(finding.severity);
  if (!hit.message.empty()) finding.message = hit.message;
  for (const Edit& edit : hit.edits) finding.edits.push_back({layer.blob_span_of(edit.span), edit.text});
}

}  // namespace

// A text to search: a window's own bytes, or what was decoded from them, with the way back.
struct WindowScan::Source {
  std::string_view text;
  std::string encoding;
  int depth;
  const Source* parent;        // null for the two outermost: the raw bytes and the transcoded text
  const DerivedText* derived;  // how `text` lies in the parent's
  bool raw;                    // the outermost text is layer.raw(), not layer.text()

  [[nodiscard]] ByteSpan to_layer(ByteSpan span, const TextLayer& layer) const {
    if (parent != nullptr) return parent->to_layer(derived->to_parent(span), layer);
    return raw ? layer.from_raw(span) : span;
  }
};

WindowScan::WindowScan(const Detector& detector, const Item& item, const TextLayer& layer, Detector::Scratch& scratch)
    : detector_(detector), item_(item), layer_(layer), scratch_(scratch) {}

void WindowScan::find_credentials(const Source& source) {
  std::vector<Anchor> anchors;
  if (source.depth == 0) anchors.swap(scratch_.anchors);  // reuse the big one
  anchors.clear();
  find_anchors(source.text, anchors, detector_.options_.kernel);
  for (const Anchor& anchor : anchors) {
    if (std::optional<Credential> credential = credential_at(source.text, anchor))
      add_credential(source, std::move(*credential));
    else
      decode(source, anchor);
  }
  if (source.depth == 0) anchors.swap(scratch_.anchors);
}

void WindowScan::decode(const Source& source, const Anchor& anchor) {
  if (source.depth >= kMaxDepth) return;
  for (const DerivedText& derived : decode_around(source.text, anchor)) {
    find_credentials(
        {derived.bytes, joined(source.encoding, derived.encoding), source.depth + 1, &source, &derived, source.raw});
  }
}

void WindowScan::add_credential(const Source& source, Credential credential) {
  const std::string encoding = joined(source.encoding, credential.encoding);
  SecretReference secret{credential.secret.id(), mask_of(credential.kind, credential.secret.expose()), credential.kind,
                         encoding};
  const Rule* rule = detector_.credential_rules_.claim(
      {source.text, credential.span, credential.kind, item_.path, secret.id, is_hidden(encoding)});
  hits_.push_back({rule, source.to_layer(credential.span, layer_), std::move(secret), "", credential.body != BodyClass::token,
                   credential.glued, source.depth});
}

void WindowScan::find_patterns() {
  std::vector<PatternHit> found;
  detector_.pattern_rules_.find(layer_.text(), item_.path, found);
  for (const PatternHit& hit : found) {
    const auto text_of = [this](ByteSpan span) {
      return layer_.text().substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.size()));
    };
    ClaimedHit claimed{hit.rule, hit.whole, std::nullopt, normalised(text_of(hit.whole)), false, false, 0};
    if (std::get<PatternMatch>(hit.rule->match).is_secret) {
      const Secret secret(text_of(hit.secret));
      claimed.span = hit.secret;
      claimed.hit_text.clear();
      claimed.secret = SecretReference{secret.id(), mask_of(CredentialKind::other, secret.expose()), CredentialKind::other,
                                       layer_.encoding_name()};
    }
    hits_.push_back(std::move(claimed));
  }
}

void WindowScan::find_structure(BlobResult& result) {
  FileHits found;
  detector_.options_.structure->find(layer_.text(), item_.path, found);
  for (RuleHit& hit : found.hits) {
    const std::string_view text =
        layer_.text().substr(static_cast<std::size_t>(hit.span.begin), static_cast<std::size_t>(hit.span.size()));
    hits_.push_back({hit.rule, hit.span, std::nullopt, normalised(text), false, false, 0, std::move(hit)});
  }
  std::move(found.facts.begin(), found.facts.end(), std::back_inserter(result.facts));
  std::move(found.gave_up.begin(), found.gave_up.end(), std::back_inserter(result.gave_up));
}

// One secret on one line is one finding: the least encoded place, then the first, speaks for the others. The same place found
// twice (in the raw bytes and in the transcoded text) is the simplest case of it.
void WindowScan::keep_best() {
  const auto line = [this](const ClaimedHit& hit) { return layer_.line_begin(static_cast<std::size_t>(hit.span.begin)); };
  const auto identity = [](const ClaimedHit& hit) { return hit.secret ? std::optional(hit.secret->id) : std::nullopt; };
  std::stable_sort(hits_.begin(), hits_.end(), [](const ClaimedHit& a, const ClaimedHit& b) { return a.span < b.span; });
  std::vector<std::tuple<std::size_t, std::optional<Sha256Digest>, const ClaimedHit*>> keyed;
  for (const ClaimedHit& hit : hits_) keyed.emplace_back(line(hit), identity(hit), &hit);
  const auto worse = [](const ClaimedHit& hit) {
    return std::tuple(hit.rule == nullptr, hit.depth, hit.secret ? hit.secret->encoding.size() : 0, hit.span);
  };
  std::stable_sort(keyed.begin(), keyed.end(), [&](const auto& a, const auto& b) {
    const auto& [line_a, id_a, hit_a] = a;
    const auto& [line_b, id_b, hit_b] = b;
    if (std::tie(line_a, id_a) != std::tie(line_b, id_b)) return std::tie(line_a, id_a) < std::tie(line_b, id_b);
    return worse(*hit_a) < worse(*hit_b);
  });
  // The others stay as masks without a rule.
  for (std::size_t i = 1; i < keyed.size(); ++i) {
    const auto& [line_a, id_a, hit_a] = keyed[i - 1];
    const auto& [line_b, id_b, hit_b] = keyed[i];
    if (line_a == line_b && id_a == id_b && id_a) hits_[static_cast<std::size_t>(hit_b - hits_.data())].rule = nullptr;
  }
}

void WindowScan::run(std::size_t owned_begin, std::size_t owned_end, Reach reach, BlobResult& result) {
  if (layer_.is_transcoded()) find_credentials({layer_.text(), layer_.encoding_name(), 0, nullptr, nullptr, false});
  find_credentials({layer_.raw(), "plain", 0, nullptr, nullptr, true});
  find_patterns();
  if (reach == Reach::whole_blob && detector_.options_.structure != nullptr) find_structure(result);
  if (hits_.empty()) return;
  keep_best();
  std::vector<MaskedSpan> masks;
  for (const ClaimedHit& hit : hits_) {
    if (hit.secret) masks.push_back({hit.span, hit.secret->masked});
  }
  for (const ClaimedHit& hit : hits_) {
    const std::uint64_t begin = layer_.to_raw(hit.span).begin;
    if (hit.rule == nullptr || begin < owned_begin || begin >= owned_end) continue;
    if (hit.look_alike && !detector_.options_.look_alikes)
      ++result.look_alikes;
    else
      report(hit, masks, result);
  }
}

void WindowScan::report(const ClaimedHit& hit, const std::vector<MaskedSpan>& masks, BlobResult& result) const {
  Finding finding;
  finding.rule = hit.rule;
  finding.severity = hit.look_alike ? Severity::note : hit.rule->severity;
  finding.confidence = hit.look_alike ? Confidence::low
                       : hit.glued    ? std::min(Confidence::medium, hit.rule->confidence)
                                      : hit.rule->confidence;
  finding.message = hit.look_alike ? cat(hit.rule->message, " (looks like a placeholder or an identifier)") : hit.rule->message;
  finding.secret = hit.secret;
  finding.hit_text = hit.hit_text;
  finding.look_alike = hit.look_alike;
  finding.location.path = item_.path;
  finding.location.range = layer_.range_of(hit.span);
  finding.location.span = layer_.blob_span_of(hit.span);
  finding.location.blob = item_.object_id;
  finding.excerpt = make_excerpt(layer_, hit.span, finding.location.range.start.line, masks);
  if (hit.structure) apply_structure(*hit.structure, layer_, finding);
  if (auto justification = find_suppression(layer_, hit.span, *hit.rule, detector_.options_.suppression)) {
    finding.disposition = Disposition::ignored_inline;
    finding.justification = std::move(*justification);
  }
  result.findings.push_back(std::move(finding));
}

}  // namespace hfscan
