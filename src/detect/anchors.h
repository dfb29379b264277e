// The first of the two stages of detection: one pass over raw bytes that finds every place where a credential could begin.
//
// An anchor is a literal plus a check on a bounded number of bytes around it, so whether it stands at a position depends on
// those bytes alone. That makes the stage replaceable: the SIMD kernels, the scalar one and any cleverer engine must give the
// same list, and tests/differential holds them equal. Everything that costs more than a few comparisons belongs to the second
// stage.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace hfscan {

enum class AnchorKind : std::uint8_t {
  prefix,          // `hf_`, in every plain shape, also cut by a quote (split literal)
  escaped_prefix,  // `hf` and an escaped underscore: hf\_ hf%5F hf&#95; ...
  org_prefix,      // `api_org_`
  app_secret,      // `oauth_app_secret_`
  s3_key_id,       // `HFAK`
  legacy_prefix,   // `api_`
  web_token,       // `eyJ`, base64 of `{"`: a JSON web token
  cookie,          // `cookie`
  cookie_jar,      // `token` and a TAB: the name field in a line of a cookie jar
  webhook,         // `webhook`, case ignored
  signature,       // `Signature=` in the query of a URL, from the character before it on
  base64,          // base64 of one of the prefixes, at one of the three alignments
  base64_utf16,    // base64 of `hf_` in UTF-16LE
  base64_twice,    // base64 of base64 of `hf_`
  hex,             // 68665f
  hex_separated,   // \x68\x66\x5f, 0x68, 0x66, 0x5f, %68%66%5f, ...
  wide,            // `hf_` in UTF-16 or UTF-32, either byte order
};

struct Anchor {
  std::uint64_t offset;  // of the first byte of the literal
  AnchorKind kind;
  bool operator==(const Anchor&) const = default;
};

enum class AnchorKernel { best, scalar, ssse3, avx2, neon };

// Whether this machine (and this build) can run the kernel.
[[nodiscard]] bool has_kernel(AnchorKernel kernel);

// Appends the anchors of `bytes` in ascending order of where their core bytes stand. Thread-safe.
void find_anchors(std::string_view bytes, std::vector<Anchor>& anchors, AnchorKernel kernel = AnchorKernel::best);

// No literal and no check looks further than this many bytes before or after the offset of its anchor.
constexpr std::size_t kAnchorReach = 160;

}  // namespace hfscan
