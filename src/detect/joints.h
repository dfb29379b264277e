// What may stand between two pieces of one string that a text has cut: quotes and operators of programming languages, comments,
// continued lines, tags, and what is invisible. One grammar for credentials whose body is cut and for wrapped base64 and
// hexadecimal.
//
// Each function answers where the text goes on after the joint that begins at `position`, or `position` when there is none.
// All are bounded by kLongestJoint bytes.
#pragma once

#include <cstddef>
#include <string_view>

namespace hfscan {

constexpr std::size_t kLongestJoint = 512;  // Word puts a run's properties between two pieces of a word

// Zero-width characters, soft hyphens and ANSI colour sequences.
std::size_t skip_invisible(std::string_view text, std::size_t position);

// Between two pieces of a literal: "abc" + "def", 'abc' // why <newline> 'def', abc\<newline>def, abc=<newline>def,
// abc</span><span>def, hf_"abc"; or something invisible.
std::size_t skip_joint(std::string_view text, std::size_t position);

// Between two pieces of an encoded run: a joint, or a line end with the next line's indentation, comment or quote prefix; the
// line end may itself be escaped (\n, %0A, &#10;). At most kLongestRunBreak bytes.
std::size_t skip_run_break(std::string_view text, std::size_t position);
constexpr std::size_t kLongestRunBreak = 120;

// The run break that ends at `position`: where it begins, or `position`.
std::size_t run_break_before(std::string_view text, std::size_t position);

// Whether a literal could be cut at `position`: cheap, for the anchors.
bool may_begin_joint(std::string_view text, std::size_t position);

}  // namespace hfscan
