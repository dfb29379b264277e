// The grammar of the credential shapes in plain text: from an anchor to a verified Credential.
//
// The shapes are those that Hugging Face's own log redactor knows (huggingface/hf-mcp-server, hf-dataset-transport.ts) and the
// legacy organisation token; docs/detection.md describes each. Hand-written and not a regular expression, because what decides
// is mostly around the token: escapes that end in a letter, binary records that glue the next field to it, quotes that cut it.
#pragma once

#include <optional>
#include <string_view>

#include "detect/anchors.h"
#include "detect/credential.h"

namespace hfscan {

// The credential that begins at the anchor, if one does. Only for the kinds prefix, org_prefix, app_secret and s3_key_id.
// `text` is the whole text around the anchor, as far as it is at hand.
std::optional<Credential> credential_at(std::string_view text, const Anchor& anchor);

// Whether the byte run around [begin, end) is binary data: there the bytes after a token belong to the next record.
[[nodiscard]] bool is_binary_around(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace hfscan
