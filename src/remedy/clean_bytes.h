// What the bytes of a bad blob become. The callbacks say the same in Python; the proof holds their work against this.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "remedy/survey.h"

namespace hfscan {

// Stands in place of a secret: replacement_of, or REVOKED_ and eight digits of its id when it has no prefix to keep.
std::string filler_of(const LeakedSecret& secret);
// The filler as long as a span.
std::string filled(std::string_view filler, std::size_t size);

// The line that a whole blob becomes.
std::string whole_notice(const ObjectId& id);

// Base64 of either alphabet, with line ends and padding where they are, whose decoded bytes hold a secret in the clear: the
// secret replaced in there, all else as it was. Nothing when it is no such text.
std::optional<std::string> base64_edited(std::string_view text, const TokenSearch& search);

// How spans that a finder named are made harmless: those of secrets of the job (`ids`, in the order of the fillers) that do
// not overlap one that is replaced anyway.
std::vector<DressedEdit> plan_edits(std::string_view bytes, const std::vector<DressedSpan>& spans,
                                    const std::vector<Sha256Digest>& ids, const TokenSearch& search);

// Nothing when the bytes at an edit are not those that the plan saw.
std::optional<std::string> cleaned(std::string_view bytes, const ObjectId& id, const BadBlob& blob, const Survey& survey);

}  // namespace hfscan
