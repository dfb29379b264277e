// The anchors a second time: one regular expression a row, written down from docs and formats and not from the tables of the
// anchor stage, searched one after the other at every offset. Slow and plain; whoever adds an anchor adds a row here.
#pragma once

#include <re2/re2.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "detect/anchors.h"

namespace hfscan::test {

struct NaiveAnchor {
  AnchorKind kind;
  const char* expression;  // over bytes
};

// (B) stands for 30 letters or digits, (J) for 10 characters of base64url. Every hit must be an anchor; the anchor stage may
// know more spellings.
inline constexpr NaiveAnchor kNaiveAnchors[] = {
    {AnchorKind::prefix, R"(hf_(B))"},
    {AnchorKind::prefix, R"(hf_[A-Za-z0-9]{0,29}(?:["'`\\]|=\r?\n))"},
    {AnchorKind::prefix, R"(hf_(?:app_|oauth__refresh_)(B))"},
    {AnchorKind::prefix, R"(hf_(?:oauth|jwt|s3)_(J))"},
    {AnchorKind::escaped, R"(hf(?:\\_|\\\\_|\{\\_\})(B))"},
    {AnchorKind::escaped, R"(hf(?:\\u005[fF]|\\\\u005[fF]|\\x5[fF])(B))"},
    {AnchorKind::escaped, R"(hf(?:%5[fF]|%255[fF]|=5F)(B))"},
    {AnchorKind::escaped, R"(hf&(?:lowbar|#0?95|#x5f|#[xX]5F);(B))"},
    {AnchorKind::org_prefix, R"(api_org_(B))"},
    {AnchorKind::app_secret, R"(oauth_app_secret_(B))"},
    {AnchorKind::s3_key_id, R"(HFAK[A-Za-z0-9]{12})"},
    {AnchorKind::legacy_prefix, R"(api_(B))"},
    {AnchorKind::web_token, R"(eyJ[-A-Za-z0-9_]{10,127}\.)"},
    {AnchorKind::cookie, R"([cC]ookie)"},
    {AnchorKind::cookie_jar, R"(token\t[A-Za-z]{128})"},
    {AnchorKind::webhook, R"((?i:webhook)(?s:.{0,100}?)(?:secret|SECRET))"},
    {AnchorKind::signature, R"([?&;6-]Signature=[A-Za-z0-9+/]{16})"},
    {AnchorKind::base64, R"(aGZf[I-Za-f])"},
    {AnchorKind::base64, R"([2GWm]hmX[0-3yz])"},
    {AnchorKind::base64, R"([159BFJNRVZdhlptx]oZl[89])"},
    {AnchorKind::base64, R"(YXBpX29yZ1[89]|[2GWm]FwaV9vcmdf|[159BFJNRVZdhlptx]hcGlfb3JnX[0-3yz])"},
    {AnchorKind::base64, R"(b2F1dGhfYXBwX3NlY3JldF[89]|[2GWm]9hdXRoX2FwcF9zZWNyZXRf)"},
    {AnchorKind::base64, R"([159BFJNRVZdhlptx]vYXV0aF9hcHBfc2VjcmV0X[0-3yz])"},
    {AnchorKind::base64, R"(SEZBS[0-3yz]|[159BFJNRVZdhlptx]IRkFL)"},
    {AnchorKind::base64, R"(aABmAF8A|[2GWm]gAZgBfA|[159BFJNRVZdhlptx]oAGYAXw)"},
    {AnchorKind::base64, R"(YUdaZ[i-n]|[2GWm]FHWm[YZ]|[159BFJNRVZdhlptx]hR1pm)"},
    {AnchorKind::hex, R"(68665[fF])"},
    {AnchorKind::hex_list, R"(68[ ,:-]66[ ,:-]5[fF][ ,:-]41)"},
    {AnchorKind::wide, R"(h\x00f\x00_(?:\x00[A-Za-z0-9]){30})"},
    {AnchorKind::wide, R"(h\x00\x00\x00f\x00\x00\x00_(?:\x00\x00\x00[A-Za-z0-9]){30})"},
};

inline std::string spelled_out(std::string_view expression) {
  std::string out(expression);
  const auto replace = [&out](std::string_view name, std::string_view meaning) {
    for (std::size_t at = out.find(name); at != std::string::npos; at = out.find(name, at + meaning.size()))
      out.replace(at, name.size(), meaning);
  };
  replace("(B)", "[A-Za-z0-9]{30}");
  replace("(J)", "[-A-Za-z0-9_]{10}");
  return out;
}

inline bool anchor_less(const Anchor& a, const Anchor& b) {
  return a.offset != b.offset ? a.offset < b.offset : a.kind < b.kind;
}

// What both ways of searching are compared in: each place once, in order of offset and kind.
inline std::vector<Anchor> in_order(std::vector<Anchor> anchors) {
  std::sort(anchors.begin(), anchors.end(), anchor_less);
  anchors.erase(std::unique(anchors.begin(), anchors.end()), anchors.end());
  return anchors;
}

class NaiveSearch {
 public:
  NaiveSearch() {
    RE2::Options options;
    options.set_encoding(RE2::Options::EncodingLatin1);
    for (const NaiveAnchor& row : kNaiveAnchors) {
      rows_.emplace_back(row.kind, std::make_unique<RE2>(spelled_out(row.expression), options));
    }
  }

  [[nodiscard]] std::vector<Anchor> find(std::string_view bytes) const {
    std::vector<Anchor> anchors;
    const re2::StringPiece text(bytes.data(), bytes.size());
    for (const auto& [kind, expression] : rows_) {
      re2::StringPiece hit;
      for (std::size_t from = 0; expression->Match(text, from, text.size(), RE2::UNANCHORED, &hit, 1);) {
        const auto offset = static_cast<std::size_t>(hit.data() - text.data());
        anchors.push_back({offset, kind});
        from = offset + 1;
      }
    }
    return in_order(std::move(anchors));
  }

 private:
  std::vector<std::pair<AnchorKind, std::unique_ptr<RE2>>> rows_;
};

}  // namespace hfscan::test
