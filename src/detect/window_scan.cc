// Tested by tests/unit/detect/detector_test.cc.
#include "detect/window_scan.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "detect/excerpt.h"
#include "detect/grammar.h"
#include "detect/settled_edit.h"

namespace hfscan {
namespace {

constexpr int kMaxDepth = 4;  // base64 of base64 of UTF-16 and one to spare

std::string joined(std::string_view outer, std::string_view inner) {
  if (outer == "plain") return std::string(inner);
  return inner == "plain" ? std::string(outer) : cat(outer, "+", inner);
}

// Whether a person who reads the text does not see the token in it.
bool is_hidden(std::string_view encoding) {
  static constexpr std::array<std::string_view, 4> kHiding = {"base64", "hex", "split", "list"};
  return std::any_of(kHiding.begin(), kHiding.end(),
                     [&](std::string_view name) { return encoding.find(name) != std::string_view::npos; });
}

bool is_web_token(CredentialKind kind) {
  static constexpr std::array<CredentialKind, 3> kKinds = {CredentialKind::oauth_access_token, CredentialKind::short_lived_jwt,
                                                           CredentialKind::web_token};
  return std::find(kKinds.begin(), kKinds.end(), kind) != kKinds.end();
}

bool is_companion(const Rule& rule, CredentialKind kind) {
  const std::vector<CredentialKind>& companions = std::get<CredentialMatch>(rule.match).companions;
  return std::find(companions.begin(), companions.end(), kind) != companions.end();
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
void apply_structure(const RuleHit& hit, Finding& finding) {
  finding.severity = hit.severity.value_or(finding.severity);
  if (!hit.message.empty()) finding.message = hit.message;
  finding.edits = hit.edits;
}

// Edits of this file as they can be applied; those of another one are settled already. All of them or none.
std::vector<Edit> settled_edits(std::vector<Edit> edits, const TextLayer& layer, std::optional<Sha256Digest>& file) {
  for (Edit& edit : edits) {
    if (!edit.path.empty()) continue;
    if (!file) file = sha256(layer.raw());
    std::optional<Edit> settled = settled_edit(std::move(edit), layer, file);
    if (!settled) return {};
    edit = std::move(*settled);
  }
  return edits;
}

// Whether the place of a body that is gated decides how it is told.
bool may_be_doubtful(const Credential& credential) {
  return credential.kind == CredentialKind::user_access_token && credential.body != BodyClass::placeholder &&
         is_doubtful(credential.secret.expose().substr(std::string_view("hf_").size()));
}

}  // namespace

// A text to search: a window's own bytes, or what was decoded from them, with the way back.
struct WindowScan::Source {
  std::string_view text;
  int depth;
  const Source* parent;        // null for the two outermost: the raw bytes and the transcoded text
  const DerivedText* derived;  // how `text` lies in the parent's
  bool raw;                    // the outermost text is layer.raw(), not layer.text()

  [[nodiscard]] ByteSpan to_layer(ByteSpan span, const TextLayer& layer) const {
    if (parent != nullptr) return parent->to_layer(derived->to_parent(span), layer);
    return raw ? layer.from_raw(span) : span;
  }

  // The encodings that lie over `span`, outermost first.
  [[nodiscard]] std::string encoding_of(ByteSpan span, const TextLayer& layer) const {
    if (parent == nullptr) return raw ? "plain" : layer.encoding_name();
    return joined(parent->encoding_of(derived->to_parent(span), layer), derived->encoding_of(span, parent->text));
  }

  // Whether the parent reads at `span` what this text does: there it is found anyway.
  [[nodiscard]] bool same_as_parent(ByteSpan span) const {
    return parent != nullptr && derived->encoding_of(span, parent->text) == "plain";
  }
};

WindowScan::WindowScan(const Detector& detector, const Item& item, const TextLayer& layer, Detector::Scratch& scratch)
    : detector_(detector), item_(item), layer_(layer), scratch_(scratch) {}

void WindowScan::find_credentials(const Source& source) {
  std::vector<Anchor> anchors;
  if (source.depth == 0) anchors.swap(scratch_.anchors);  // reuse the big one
  const std::string_view anchored = source.depth == 0 ? std::exchange(scratch_.anchored, {}) : std::string_view();
  if (anchored.data() != source.text.data() || anchored.size() != source.text.size() || anchored.empty()) {
    anchors.clear();
    find_anchors(source.text, anchors, detector_.options_.kernel);
  }
  Decoder decoder(source.text, gunzip_);
  for (const Anchor& anchor : anchors) {
    if (std::optional<Credential> credential = credential_at(source.text, anchor)) {
      add_credential(source, std::move(*credential));
    } else if (source.depth < kMaxDepth) {
      for (DerivedText& derived : decoder.decode(anchor)) {
        // A run of UTF-16 in a file that is none is part of binary data: a NUL says so to the grammar.
        if (anchor.kind == AnchorKind::wide && !layer_.is_transcoded())
          derived.append('\0', derived.begins.back(), derived.ends.back());
        search_decoded(source, derived);
      }
    }
  }
  if (source.depth == 0) anchors.swap(scratch_.anchors);
}

void WindowScan::search_decoded(const Source& source, const DerivedText& derived) {
  if (!derived.limit.empty()) note_limit(source, derived);
  if (derived.bytes.empty() || source.same_as_parent(derived.to_parent({0, derived.bytes.size()}))) return;
  decoded_bytes_ += derived.bytes.size();
  find_credentials({derived.bytes, source.depth + 1, &source, &derived, source.raw});
}

void WindowScan::note_limit(const Source& source, const DerivedText& derived) {
  const ByteSpan place = source.to_layer(*derived.whole, layer_);
  const std::string line = std::to_string(layer_.range_of(place).start.line);
  limits_.push_back({layer_.to_raw(place).begin, cat("line ", line, ": ", derived.limit)});
}

void WindowScan::add_credential(const Source& source, Credential credential) {
  if (source.same_as_parent(credential.span)) return;
  if (detector_.options_.drop_look_alikes && credential.body != BodyClass::token && !may_be_doubtful(credential)) return;
  const std::string_view bytes = credential.secret.expose();
  const std::string encoding = joined(source.encoding_of(credential.span, layer_), credential.encoding);
  const Sha256Digest id = credential.secret.id();
  Evidence evidence;
  evidence.glued = credential.glued;
  if (is_web_token(credential.kind)) evidence.claims = decode_jwt(bytes);
  const CredentialPlace place{source.text, credential.span, credential.kind,     item_.path,
                              id,          bytes.size(),    is_hidden(encoding), evidence.claims.has_value()};
  ClaimedHit hit{};
  hit.rule = detector_.credential_rules_.claim(place);
  hit.span = source.to_layer(credential.span, layer_);
  hit.secret = SecretReference{id, mask_of(credential.kind, bytes), credential.kind, encoding};
  hit.identity = id;
  hit.depth = source.depth;
  if (is_guessable(credential.kind)) {
    hit.secret->id.reset();
    hit.hit_text = hit.secret->masked;
  }
  if (hit.rule != nullptr) {
    hit.companion = is_companion(*hit.rule, credential.kind);
    evidence.companion = hit.companion;
    if (credential.body != BodyClass::token) evidence.looks = looks_of(credential, place);
    hit.verdict = judge(*hit.rule, evidence);
  }
  hits_.push_back(std::move(hit));
}

// A body that is gated as no token, weighed against the place in which it stands.
Evidence::Looks WindowScan::looks_of(const Credential& credential, const CredentialPlace& place) const {
  return may_be_doubtful(credential) && detector_.credential_rules_.is_telling(place) ? Evidence::Looks::doubtful
                                                                                      : Evidence::Looks::unreal;
}

void WindowScan::find_patterns() {
  std::vector<PatternHit> found;
  detector_.pattern_rules_.find(layer_.text(), item_.path, found);
  for (const PatternHit& hit : found) {
    const auto text_of = [this](ByteSpan span) {
      return layer_.text().substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.size()));
    };
    ClaimedHit claimed{};
    claimed.rule = hit.rule;
    claimed.span = hit.whole;
    claimed.hit_text = normalised(text_of(hit.whole));
    claimed.verdict = judge(*hit.rule, {});
    if (std::get<PatternMatch>(hit.rule->match).is_secret) {
      const Secret secret(text_of(hit.secret));
      claimed.span = hit.secret;
      claimed.hit_text.clear();
      claimed.identity = secret.id();
      claimed.secret = SecretReference{secret.id(), mask_of(CredentialKind::other, secret.expose()), CredentialKind::other,
                                       layer_.encoding_name()};
    }
    hits_.push_back(std::move(claimed));
  }
}

void WindowScan::find_structure(BlobResult& result) {
  FileHits found;
  detector_.options_.structure->find(layer_.text(), item_.path, found);
  std::optional<Sha256Digest> file;
  for (RuleHit& hit : found.hits) {
    hit.edits = settled_edits(std::move(hit.edits), layer_, file);
    const std::string_view text =
        layer_.text().substr(static_cast<std::size_t>(hit.span.begin), static_cast<std::size_t>(hit.span.size()));
    ClaimedHit claimed{};
    claimed.rule = hit.rule;
    claimed.span = hit.span;
    if (hit.secret) claimed.identity = hit.secret->id;
    claimed.hit_text = hit.secret || !hit.identity.empty() ? hit.identity : normalised(text);
    claimed.secret = hit.secret;
    claimed.verdict = judge(*hit.rule, {});
    claimed.structure = std::make_unique<RuleHit>(std::move(hit));
    hits_.push_back(std::move(claimed));
  }
  std::move(found.facts.begin(), found.facts.end(), std::back_inserter(result.facts));
  std::move(found.gave_up.begin(), found.gave_up.end(), std::back_inserter(result.gave_up));
}

// One secret on one line is one finding: a rule that knows the structure around it, then the least encoded place, then the
// first, speaks for the others. The same place found twice (in the raw bytes and in the transcoded text) is the simplest case.
void WindowScan::keep_best() {
  const auto line = [this](const ClaimedHit& hit) { return layer_.line_begin(static_cast<std::size_t>(hit.span.begin)); };
  std::stable_sort(hits_.begin(), hits_.end(), [](const ClaimedHit& a, const ClaimedHit& b) { return a.span < b.span; });
  std::vector<std::tuple<std::size_t, std::optional<Sha256Digest>, const ClaimedHit*>> keyed;
  for (const ClaimedHit& hit : hits_) keyed.emplace_back(line(hit), hit.identity, &hit);
  const auto worse = [](const ClaimedHit& hit) {
    return std::tuple(hit.rule == nullptr, !hit.structure, hit.depth, hit.secret ? hit.secret->encoding.size() : 0, hit.span);
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

// An id beside the secret that it belongs to is no finding of its own.
void WindowScan::join_companions() {
  constexpr std::uint64_t kNear = 4096;
  constexpr std::size_t kMost = 8;  // related places of one finding
  const auto distance = [](const ClaimedHit& a, const ClaimedHit& b) {
    return a.span.begin < b.span.begin ? b.span.begin - a.span.begin : a.span.begin - b.span.begin;
  };
  for (ClaimedHit& hit : hits_) {
    if (hit.rule == nullptr || !hit.companion) continue;
    ClaimedHit* nearest = nullptr;
    for (ClaimedHit& other : near(hit, kNear)) {
      if (other.rule != hit.rule || other.companion || other.verdict.look_alike) continue;
      if (nearest == nullptr || distance(other, hit) < distance(*nearest, hit)) nearest = &other;
    }
    if (nearest == nullptr) continue;
    if (nearest->related.size() < kMost)
      nearest->related.push_back({cat("its id ", hit.secret->masked), layer_.range_of(hit.span)});
    hit.rule = nullptr;
  }
}

// The hits that begin at most `reach` bytes before or after this one; hits_ is sorted.
std::span<ClaimedHit> WindowScan::near(const ClaimedHit& hit, std::uint64_t reach) {
  const auto first = std::partition_point(hits_.begin(), hits_.end(),
                                          [&](const ClaimedHit& other) { return other.span.begin + reach < hit.span.begin; });
  const auto last = std::partition_point(first, hits_.end(),
                                         [&](const ClaimedHit& other) { return other.span.begin <= hit.span.begin + reach; });
  return {first, last};
}

std::vector<MaskedSpan> WindowScan::find_masks() {
  find_credentials({layer_.raw(), 0, nullptr, nullptr, true});
  find_patterns();
  return masks();
}

std::vector<MaskedSpan> WindowScan::masks() {
  std::stable_sort(hits_.begin(), hits_.end(), [](const ClaimedHit& a, const ClaimedHit& b) { return a.span < b.span; });
  std::vector<MaskedSpan> masks;
  for (const ClaimedHit& hit : hits_) {
    if (hit.secret) masks.push_back({hit.span, hit.secret->masked});
  }
  return masks;
}

void WindowScan::run(std::size_t owned_begin, std::size_t owned_end, Reach reach, BlobResult& result) {
  if (owned_end < layer_.raw().size()) gunzip_.expect_more_text();
  if (layer_.is_transcoded()) find_credentials({layer_.text(), 0, nullptr, nullptr, false});
  find_credentials({layer_.raw(), 0, nullptr, nullptr, true});
  find_patterns();
  result.decoded_bytes += decoded_bytes_;
  for (DecodeLimit& limit : limits_) {
    const bool told = !result.gave_up.empty() && result.gave_up.back() == limit.message;
    if (!told && limit.offset >= owned_begin && limit.offset < owned_end) result.gave_up.push_back(std::move(limit.message));
  }
  // A member of an archive is nobody's configuration here: it is read for credentials only.
  if (reach == Reach::whole_blob && detector_.options_.structure != nullptr && item_.container.empty()) find_structure(result);
  if (hits_.empty()) return;
  keep_best();
  join_companions();
  const std::vector<MaskedSpan> hidden = masks();
  for (const ClaimedHit& hit : hits_) {
    if (result.findings.size() >= scratch_.max_findings) break;
    const std::uint64_t begin = layer_.to_raw(hit.span).begin;
    if (hit.rule == nullptr || begin < owned_begin || begin >= owned_end) continue;
    if (hit.verdict.look_alike && !detector_.options_.look_alikes)
      ++result.look_alikes;
    else
      report(hit, hidden, result);
  }
}

void WindowScan::report(const ClaimedHit& hit, const std::vector<MaskedSpan>& masks, BlobResult& result) const {
  Finding finding;
  finding.rule = hit.rule;
  finding.severity = hit.verdict.severity;
  finding.confidence = hit.verdict.confidence;
  finding.message = hit.verdict.message;
  finding.expires = hit.verdict.expires;
  finding.look_alike = hit.verdict.look_alike;
  finding.secret = hit.secret;
  finding.hit_text = hit.hit_text;
  finding.related = hit.related;
  if (finding.secret && !item_.encoding.empty()) finding.secret->encoding = joined(item_.encoding, finding.secret->encoding);
  finding.location.kind = item_.kind;
  finding.location.path = item_.path;
  finding.location.container = item_.container;
  finding.location.range = layer_.range_of(hit.span);
  finding.location.span = layer_.blob_span_of(hit.span);
  finding.location.blob = item_.object_id;
  finding.excerpt = make_excerpt(layer_, hit.span, finding.location.range.start.line, masks);
  if (hit.structure) apply_structure(*hit.structure, finding);
  if (auto justification = find_suppression(layer_, hit.span, *hit.rule, detector_.options_.suppression)) {
    finding.disposition = Disposition::ignored_inline;
    finding.justification = std::move(*justification);
  }
  result.findings.push_back(std::move(finding));
}

}  // namespace hfscan
