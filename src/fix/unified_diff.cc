// Edits are widened to whole lines (blocks), blocks that are near each other share a hunk. Tested by
// tests/unit/fix/unified_diff_test.cc, which has git and patch apply what comes out.
#include "fix/unified_diff.h"

#include <algorithm>

#include "base/text.h"
#include "fix/edited_text.h"

namespace hfscan {
namespace {

constexpr std::size_t kContext = 3;  // lines, as diff and git show

// A text in lines; each but the last has its line feed.
class Lines {
 public:
  Lines(std::string_view text, const std::vector<MaskedSpan>& hidden) : text_(text), hidden_(hidden) {
    for (std::size_t at = 0; at < text.size(); at = end_after(at)) begins_.push_back(at);
  }

  [[nodiscard]] std::size_t count() const { return begins_.size(); }
  [[nodiscard]] std::size_t begin(std::size_t line) const { return line < begins_.size() ? begins_[line] : text_.size(); }
  [[nodiscard]] std::string_view line(std::size_t number) const {
    return text_.substr(begin(number), begin(number + 1) - begin(number));
  }
  // The line that holds the byte; count() for the end of a text that ends in a line feed.
  [[nodiscard]] std::size_t line_of(std::size_t offset) const {
    const auto next = std::upper_bound(begins_.begin(), begins_.end(), offset);
    const auto found = static_cast<std::size_t>(next - begins_.begin());
    return offset == text_.size() && (text_.empty() || text_.back() == '\n') ? count() : found - 1;
  }

  // The line as it may be shown, with its line feed.
  [[nodiscard]] std::string shown(std::size_t number) const {
    std::string_view content = line(number);
    const bool ended = content.ends_with('\n');
    if (ended) content.remove_suffix(1);
    std::string text = masked_text(text_, {begin(number), begin(number) + content.size()}, hidden_);
    return ended ? text + '\n' : text;
  }

 private:
  [[nodiscard]] std::size_t end_after(std::size_t at) const {
    const std::size_t feed = text_.find('\n', at);
    return feed == std::string_view::npos ? text_.size() : feed + 1;
  }

  std::string_view text_;
  const std::vector<MaskedSpan>& hidden_;
  std::vector<std::size_t> begins_;
};

// Lines [old_begin, old_end) become [new_begin, new_end).
struct Block {
  std::size_t old_begin;
  std::size_t old_end;
  std::size_t new_begin;
  std::size_t new_end;
};

class Differ {
 public:
  Differ(const DiffInput& input, std::string_view after)
      : input_(input), old_(input.before, input.hidden_before), new_(after, input.hidden_after) {}

  Diff run() {
    find_blocks();
    if (blocks_.empty()) return {};
    add_names();
    for (std::size_t first = 0; first < blocks_.size();) {
      std::size_t last = first;
      while (last + 1 < blocks_.size() && blocks_[last + 1].old_begin - blocks_[last].old_end <= 2 * kContext) ++last;
      add_hunk(first, last);
      first = last + 1;
    }
    return std::move(diff_);
  }

 private:
  // An edit belongs to all lines that it touches.
  void find_blocks() {
    std::size_t removed = 0;
    std::size_t added = 0;
    for (const Edit& edit : input_.edits) {
      const auto begin = static_cast<std::size_t>(edit.span.begin);
      const auto end = static_cast<std::size_t>(edit.span.end);
      const std::size_t new_begin = begin - removed + added;
      removed += edit.span.size();
      added += edit.text.size();
      const std::size_t new_end = end - removed + added;
      // Up to a common line border behind the edit.
      std::size_t old_line = old_.line_of(end);
      std::size_t new_line = new_.line_of(new_end);
      if (old_.begin(old_line) != end || new_.begin(new_line) != new_end) {
        old_line = std::min(old_line + 1, old_.count());
        new_line = std::min(new_line + 1, new_.count());
      }
      join({old_.line_of(begin), old_line, new_.line_of(new_begin), new_line});
    }
    for (Block& block : blocks_) trim(block);
    std::erase_if(blocks_, [](const Block& b) { return b.old_begin == b.old_end && b.new_begin == b.new_end; });
  }

  void join(const Block& block) {
    if (blocks_.empty() || block.old_begin > blocks_.back().old_end) {
      blocks_.push_back(block);
      return;
    }
    // Where the later of the two ends is where both end: the earlier one's line may reach into it.
    blocks_.back().old_end = block.old_end;
    blocks_.back().new_end = block.new_end;
  }

  // Lines at both ends that stay as they are.
  void trim(Block& block) const {
    const auto some = [&block] { return block.old_begin < block.old_end && block.new_begin < block.new_end; };
    while (some() && old_.line(block.old_end - 1) == new_.line(block.new_end - 1)) --block.old_end, --block.new_end;
    while (some() && old_.line(block.old_begin) == new_.line(block.new_begin)) ++block.old_begin, ++block.new_begin;
  }

  void add_names() {
    diff_.text += input_.kind == DiffedFile::made ? "--- /dev/null\n" : cat("--- ", name("a/"), "\n");
    diff_.text += cat("+++ ", name("b/"), "\n");
  }

  // As git writes names: in quotes when they hold what would end the line or look like quotes; a tab ends one with blanks.
  [[nodiscard]] std::string name(std::string_view side) const {
    const std::string plain = cat(side, input_.path);
    const auto is_special = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '"' || c == '\\'; };
    if (std::none_of(plain.begin(), plain.end(), is_special))
      return plain.find(' ') == std::string::npos ? plain : plain + '\t';
    std::string out = "\"";
    for (const char c : plain) {
      if (!is_special(c)) {
        out += c;
        continue;
      }
      out += '\\';
      if (c == '"' || c == '\\')
        out += c;
      else
        for (const unsigned shift : {6U, 3U, 0U}) out += static_cast<char>('0' + (static_cast<unsigned char>(c) >> shift & 7U));
    }
    return out + '"';
  }

  // A hunk of no lines is said to begin at the line before it.
  static std::string range(std::size_t begin, std::size_t count) {
    return cat(std::to_string(count == 0 ? begin : begin + 1), ",", std::to_string(count));
  }

  void add_hunk(std::size_t first, std::size_t last) {
    const std::size_t before = std::min(kContext, blocks_[first].old_begin);
    const std::size_t after = std::min(kContext, old_.count() - blocks_[last].old_end);
    const std::size_t old_begin = blocks_[first].old_begin - before;
    const std::size_t new_begin = blocks_[first].new_begin - before;
    diff_.text += cat("@@ -", range(old_begin, blocks_[last].old_end + after - old_begin), " +",
                      range(new_begin, blocks_[last].new_end + after - new_begin), " @@\n");
    std::size_t line = old_begin;
    for (std::size_t i = first; i <= last; ++i) {
      add_lines(' ', old_, line, blocks_[i].old_begin);
      add_lines('-', old_, blocks_[i].old_begin, blocks_[i].old_end);
      add_lines('+', new_, blocks_[i].new_begin, blocks_[i].new_end);
      line = blocks_[i].old_end;
    }
    add_lines(' ', old_, line, line + after);
  }

  void add_lines(char mark, const Lines& lines, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const std::string shown = lines.shown(i);
      diff_.masked = diff_.masked || shown != lines.line(i);
      diff_.text += mark;
      diff_.text += shown;
      if (!shown.ends_with('\n')) diff_.text += "\n\\ No newline at end of file\n";
    }
  }

  const DiffInput& input_;
  Lines old_;
  Lines new_;
  std::vector<Block> blocks_;
  Diff diff_;
};

enum class Border { begin, end };

// Offsets of the text before the edits as offsets of the text after them.
class Moves {
 public:
  explicit Moves(std::span<const Edit> edits) : edits_(edits) {
    std::int64_t shift = 0;
    for (const Edit& edit : edits) {
      shifts_.push_back(shift);
      shift += static_cast<std::int64_t>(edit.text.size()) - static_cast<std::int64_t>(edit.span.size());
    }
    shifts_.push_back(shift);
  }

  // A border that an edit removes is that of the edit's text.
  [[nodiscard]] std::uint64_t moved(std::uint64_t offset, Border border) const {
    const auto is_before = [&](const Edit& edit) {
      return edit.span.begin < offset || (edit.span.begin == offset && border == Border::begin);
    };
    const auto next = std::partition_point(edits_.begin(), edits_.end(), is_before);
    const auto count = static_cast<std::size_t>(next - edits_.begin());
    if (count == 0 || edits_[count - 1].span.end <= offset) return shifted(offset, count);
    const Edit& cut = edits_[count - 1];
    return shifted(cut.span.begin, count - 1) + (border == Border::end ? cut.text.size() : 0);
  }

 private:
  [[nodiscard]] std::uint64_t shifted(std::uint64_t offset, std::size_t edits_before) const {
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(offset) + shifts_[edits_before]);
  }

  std::span<const Edit> edits_;
  std::vector<std::int64_t> shifts_;  // of what lies behind so many edits
};

}  // namespace

std::vector<MaskedSpan> moved_by_edits(const std::vector<MaskedSpan>& masks, std::span<const Edit> edits) {
  const Moves moves(edits);
  std::vector<MaskedSpan> result;
  for (const MaskedSpan& mask : masks) {
    const ByteSpan span{moves.moved(mask.span.begin, Border::begin), moves.moved(mask.span.end, Border::end)};
    if (span.begin < span.end) result.push_back({span, mask.mask});
  }
  return result;
}

Diff unified_diff(const DiffInput& input) {
  const Result<std::string> after = edited_text(input.before, input.edits);
  if (!after.ok()) return {};
  return Differ(input, *after).run();
}

}  // namespace hfscan
