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
  prefix,          // `hf_`, in every plain shape, also cut by a joint (split literal)
  org_prefix,      // `api_org_`
  app_secret,      // `oauth_app_secret_`
  s3_key_id,       // `HFAK`
  legacy_prefix,   // `api_`
  web_token,       // `eyJ`, base64 of `{"`: a JSON web token
  cookie,          // `cookie`
  cookie_jar,      // `token` and a TAB: the name field in a line of a cookie jar
  webhook,         // `webhook`, case ignored
  signature,       // `Signature=` in the query of a URL, from the character before it on
  escaped,         // a prefix of which a character is escaped, or a body with an escape in it: hf\_ hf%5F \x68\x66\x5f
  base64,          // base64 of a prefix at one of the three alignments, or of its base64, UTF-16 or hexadecimal form
  gzip,            // base64 of the header of a gzip stream
  gzip_twice,      // base64 of that
  hex,             // 68665f, or the hexadecimal form of a base64 anchor
  hex_list,        // 68 66 5f, 0x68, 0x66, 0x5f, and dumps
  octal_list,      // 150 146 137
  decimal_list,    // 104, 102, 95
  character_list,  // 'h', 'f', '_'
  wide,            // `hf_` in UTF-16 or UTF-32, either byte order
};

struct Anchor {
  std::uint64_t offset = 0;  // of the first byte of the literal
  AnchorKind kind = AnchorKind::prefix;
  std::uint8_t phase = 0;  // base64: the place of that byte in its group of four characters
  bool operator==(const Anchor&) const = default;
};

enum class AnchorKernel { best, scalar, ssse3, avx2, neon };

// Whether this machine (and this build) can run the kernel.
[[nodiscard]] bool has_kernel(AnchorKernel kernel);

// Appends the anchors of `bytes` in ascending order of where their core bytes stand. Thread-safe.
void find_anchors(std::string_view bytes, std::vector<Anchor>& anchors, AnchorKernel kernel = AnchorKernel::best);

// No literal and no check looks further than this many bytes before or after the offset of its anchor.
constexpr std::size_t kAnchorReach = 256;

}  // namespace hfscan
