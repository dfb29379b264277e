// A text with edits made to it. Separate, so that what is shown and what is written cannot differ.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "core/finding.h"

namespace hfscan {

// `edits` ascend and do not overlap. An Error when one lies outside of the text: then nothing can be said about any of them.
Result<std::string> edited_text(std::string_view text, std::span<const Edit> edits);

}  // namespace hfscan
