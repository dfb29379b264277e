// The lines under a code frame: a name, and text wrapped beside it. Separate because findings of files and secrets of histories
// both have them, and lists must be cut alike.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/display.h"
#include "report/options.h"

namespace hfscan {

constexpr std::size_t kPlacesShown = 3;

// "a, b, c (2 more; -v lists them)": all of them when nothing may be cut.
std::string listed(const std::vector<std::string>& names, const ReportOptions& options);

enum class NoteStyle {
  running,  // "= name: text"
  aligned,  // "= name        text", all texts of a block in one column
};

class NoteWriter {
 public:
  NoteWriter(NoteStyle style, std::size_t margin, const ReportOptions& options);

  // `text` is printable already; nothing is added when it is empty.
  void add(std::string_view name, std::string_view text);

  // One element a line when nothing may be cut, else as listed().
  void add_list(std::string_view name, const std::vector<std::string>& elements);

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  [[nodiscard]] std::string head_of(std::string_view name) const;
  void add_line(std::string_view mark, std::string_view head, std::string_view text);

  NoteStyle style_;
  std::size_t margin_;
  const ReportOptions& options_;
  Painter paint_;
  std::string text_;
};

}  // namespace hfscan
