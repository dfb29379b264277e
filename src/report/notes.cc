#include "report/notes.h"

#include <algorithm>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::size_t kColumn = 12;  // of aligned texts; the longest name has ten characters

}  // namespace

std::string listed(const std::vector<std::string>& names, const ReportOptions& options) {
  const bool cut = options.verbosity != Verbosity::verbose && names.size() > kPlacesShown;
  const std::size_t shown = cut ? kPlacesShown : names.size();
  std::string out;
  for (std::size_t i = 0; i < shown; ++i) out += cat(i == 0 ? "" : ", ", names[i]);
  return cut ? cat(out, " (", with_thousands(names.size() - shown), " more; -v lists them)") : out;
}

NoteWriter::NoteWriter(NoteStyle style, std::size_t margin, const ReportOptions& options)
    : style_(style), margin_(margin), options_(options), paint_(options.colour) {}

std::string NoteWriter::head_of(std::string_view name) const {
  if (style_ == NoteStyle::running) return cat(name, ": ");
  return cat(name, std::string(kColumn - std::min(name.size(), kColumn - 1), ' '));
}

void NoteWriter::add_line(std::string_view mark, std::string_view head, std::string_view text) {
  const std::size_t indent = margin_ + 3 + head.size();
  text_ += cat(std::string(margin_ + 1, ' '), paint_(Ink::frame, mark), " ", paint_(Ink::strong, head),
               wrap(text, indent, options_.terminal_width), "\n");
}

void NoteWriter::add(std::string_view name, std::string_view text) {
  if (!text.empty()) add_line("=", head_of(name), text);
}

void NoteWriter::add_list(std::string_view name, const std::vector<std::string>& elements) {
  if (options_.verbosity != Verbosity::verbose) return add(name, listed(elements, options_));
  const std::string head = head_of(name);
  for (std::size_t i = 0; i < elements.size(); ++i)
    add_line(i == 0 ? "=" : " ", i == 0 ? head : std::string(head.size(), ' '), elements[i]);
}

}  // namespace hfscan
