// Tested by tests/unit/sources/archive_test.cc.
#include "sources/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "sources/member_names.h"

namespace hfscan {
namespace {

constexpr std::size_t kBlock = std::size_t{64} * 1024;

// What one call of libarchive may read before it has anything to show. It holds in memory what it reads then (names, sparse
// maps), and hostile headers repeat: 4 MiB is four times the largest header that it accepts.
constexpr std::uint64_t kMaxQuietRead = std::uint64_t{4} << 20U;

// The directory of a zip, of which it keeps some 200 bytes for each entry of at least 46. When it is larger, or cannot be read,
// the zip is read member by member.
constexpr std::uint64_t kMaxZipDirectory = std::uint64_t{16} << 20U;

// "ZIP 2.0 (deflation)" is what libarchive calls the format after a member's header.
constexpr std::array<std::string_view, 5> kReadMethods = {"uncompressed", "deflation", "deflation-64-bit", "bzip", "zstd"};

enum class ZipWay { by_directory, member_by_member };

struct FreeArchive {
  void operator()(archive* handle) const { ::archive_read_free(handle); }
};
using Handle = std::unique_ptr<archive, FreeArchive>;

// What libarchive reads from: its callbacks end here.
class Input {
 public:
  explicit Input(Content& content) : content_(content), buffer_(kBlock) {}

  // Allows `quiet` bytes to be read until the next call.
  void allow(std::uint64_t quiet) { quiet_left_ = quiet; }
  [[nodiscard]] bool ran_over() const { return ran_over_; }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

  la_ssize_t read(const void** block) {
    if (quiet_left_ == 0) {
      ran_over_ = true;
      return -1;
    }
    const Result<std::size_t> count = content_.read(buffer_);
    if (!count.ok()) {
      error_ = count.error();
      return -1;
    }
    *block = buffer_.data();
    position_ += *count;
    quiet_left_ -= std::min<std::uint64_t>(quiet_left_, *count);
    return static_cast<la_ssize_t>(*count);
  }

  la_int64_t seek(la_int64_t offset, int whence) {
    const std::uint64_t size = content_.size_hint();
    const std::uint64_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? position_ : size;
    const la_int64_t target = static_cast<la_int64_t>(from) + offset;
    if (target < 0 || static_cast<std::uint64_t>(target) > size) return ARCHIVE_FATAL;
    if (const Status moved = content_.seek(static_cast<std::uint64_t>(target)); !moved.ok()) {
      error_ = moved.error();
      return ARCHIVE_FATAL;
    }
    position_ = static_cast<std::uint64_t>(target);
    return target;
  }

 private:
  Content& content_;
  std::vector<char> buffer_;
  std::uint64_t position_ = 0;
  std::uint64_t quiet_left_ = kMaxQuietRead;
  bool ran_over_ = false;
  std::optional<Error> error_;
};

la_ssize_t read_input(archive* /*handle*/, void* input, const void** block) { return static_cast<Input*>(input)->read(block); }

la_int64_t seek_input(archive* /*handle*/, void* input, la_int64_t offset, int whence) {
  return static_cast<Input*>(input)->seek(offset, whence);
}

void support(archive* handle, ContainerKind kind, ZipWay way) {
  switch (kind) {
    case ContainerKind::zip:
      ::archive_read_support_format_zip_streamable(handle);
      if (way == ZipWay::by_directory) ::archive_read_support_format_zip_seekable(handle);
      break;
    case ContainerKind::tar: ::archive_read_support_format_tar(handle); break;
    case ContainerKind::ar: ::archive_read_support_format_ar(handle); break;
    case ContainerKind::cpio: ::archive_read_support_format_cpio(handle); break;
    default: break;
  }
}

std::string_view text_of(const char* text) { return text == nullptr ? "" : text; }

std::string_view without_root(std::string_view path) {
  for (;;) {
    if (path.starts_with('/'))
      path.remove_prefix(1);
    else if (path.starts_with("./"))
      path.remove_prefix(2);
    else
      return path;
  }
}

// The word in the last parentheses of "ZIP 2.0 (deflation)".
std::string_view zip_method(std::string_view format_name) {
  const std::size_t begin = format_name.rfind('(');
  if (begin == std::string_view::npos || !format_name.ends_with(')')) return "";
  return format_name.substr(begin + 1, format_name.size() - begin - 2);
}

class LibarchiveReader : public ArchiveReader, private Content {
 public:
  LibarchiveReader(Content& content, ContainerKind kind) : kind_(kind), input_(content) {}

  Status start(Content& content, ZipWay way) {
    keep_member_names();
    handle_.reset(::archive_read_new());
    if (handle_ == nullptr) return Error{"no memory to unpack it"};
    support(handle_.get(), kind_, way);
    const bool seeks = content.can_seek() && (kind_ == ContainerKind::tar || way == ZipWay::by_directory);
    if (seeks) ::archive_read_set_seek_callback(handle_.get(), seek_input);
    ::archive_read_set_callback_data(handle_.get(), &input_);
    ::archive_read_set_read_callback(handle_.get(), read_input);
    input_.allow(kind_ == ContainerKind::zip && seeks ? kMaxZipDirectory : kMaxQuietRead);
    if (::archive_read_open1(handle_.get()) != ARCHIVE_OK) return trouble();
    HFSCAN_TRY_ASSIGN(first_is_there_, read_header());
    return {};
  }

  Result<bool> next() override {
    if (first_is_there_) return *std::exchange(first_is_there_, std::nullopt);
    if (at_last_) return false;
    // What was left unread of the last member.
    input_.allow(UINT64_MAX);
    if (::archive_read_data_skip(handle_.get()) <= ARCHIVE_FATAL) return trouble();
    input_.allow(kMaxQuietRead);
    return read_header();
  }

  [[nodiscard]] const Member& member() const override { return member_; }
  Content& content() override { return *this; }

 private:
  // A header that cannot be used (ARCHIVE_FAILED) counts as a member that is no file; the archive goes on behind it.
  Result<bool> read_header() {
    archive_entry* entry = nullptr;
    const int code = ::archive_read_next_header(handle_.get(), &entry);
    if (code == ARCHIVE_EOF) {
      at_last_ = true;
      return false;
    }
    if (code <= ARCHIVE_FATAL || entry == nullptr) return trouble();
    ++members_;
    block_ = {};
    position_ = 0;
    block_position_ = 0;
    at_end_ = false;
    describe(entry);
    if (code <= ARCHIVE_FAILED) member_.type = MemberType::other;
    return true;
  }

  void describe(archive_entry* entry) {
    member_ = Member{};
    member_.path = without_root(text_of(::archive_entry_pathname(entry)));
    if (member_.path.empty()) member_.path = cat("member ", std::to_string(members_));
    member_.link = text_of(::archive_entry_symlink(entry));
    if (member_.link.empty()) member_.link = text_of(::archive_entry_hardlink(entry));
    const auto type = ::archive_entry_filetype(entry);
    member_.type = type == AE_IFREG || type == 0 ? MemberType::file : type == AE_IFLNK ? MemberType::link : MemberType::other;
    member_.encrypted = ::archive_entry_is_encrypted(entry) != 0;
    size_ = ::archive_entry_size_is_set(entry) != 0
                ? static_cast<std::uint64_t>(std::max<la_int64_t>(0, ::archive_entry_size(entry)))
                : 0;
    if (kind_ != ContainerKind::zip) return;
    const std::string_view method = zip_method(text_of(::archive_format_name(handle_.get())));
    if (method != "uncompressed") member_.packing = Packing::packed;
    if (std::find(kReadMethods.begin(), kReadMethods.end(), method) == kReadMethods.end()) member_.unread_method = method;
  }

  Result<std::size_t> read(std::span<char> buffer) override {
    while (block_.empty()) {
      if (at_end_) return std::size_t{0};
      HFSCAN_TRY(read_block());
    }
    const std::size_t count = std::min(buffer.size(), block_.size());
    std::copy_n(block_.begin(), count, buffer.begin());
    block_.remove_prefix(count);
    block_position_ += count;
    position_ = block_position_;
    return count;
  }

  std::uint64_t skip_zeros() override {
    if (block_.empty() && !at_end_ && !read_block().ok()) return 0;  // read() will say the same again
    if (block_.empty() || block_position_ <= position_) return 0;
    const std::uint64_t zeros = block_position_ - position_;
    position_ = block_position_;
    return zeros;
  }

  [[nodiscard]] std::uint64_t size_hint() const override { return size_; }

  Status read_block() {
    if (failed_at_ == members_ && member_error_) return *member_error_;
    const void* bytes = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    input_.allow(kMaxQuietRead);
    const int code = ::archive_read_data_block(handle_.get(), &bytes, &size, &offset);
    if (code == ARCHIVE_EOF) {
      at_end_ = true;
      return {};
    }
    if (code <= ARCHIVE_FAILED) return fail(code <= ARCHIVE_FATAL ? trouble() : damaged_after(position_));
    block_ = {static_cast<const char*>(bytes), size};
    block_position_ = std::max(position_, static_cast<std::uint64_t>(std::max<la_int64_t>(0, offset)));
    // The sum or the size of a zip's member is wrong, which libarchive says with the last bytes.
    if (code == ARCHIVE_WARN) fail(damaged_after(block_position_ + size));
    return {};
  }

  static Error damaged_after(std::uint64_t position) {
    return Error{cat("damaged after ", count_of(position, "byte", "bytes"))};
  }

  // What is left of the member cannot be read.
  Error fail(Error error) {
    member_error_ = std::move(error);
    failed_at_ = members_;
    return *member_error_;
  }

  // The archive is at its end now, whatever the reason.
  Error trouble() {
    at_last_ = true;
    if (input_.error()) return *input_.error();
    const std::string after = cat(" after ", count_of(members_, "member", "members"));
    if (input_.ran_over()) {
      return Error{cat(to_string(kind_), " data has headers of more than ", human_bytes(kMaxQuietRead), after)};
    }
    return Error{cat(to_string(kind_), " data is damaged", after)};
  }

  ContainerKind kind_;
  Input input_;
  Handle handle_;
  Member member_;
  std::optional<bool> first_is_there_;
  bool at_last_ = false;  // or the rest cannot be read
  std::uint64_t members_ = 0;
  std::uint64_t size_ = 0;
  std::string_view block_;            // libarchive's, valid until the next call
  std::uint64_t block_position_ = 0;  // of block_ in the member
  std::uint64_t position_ = 0;
  bool at_end_ = false;
  std::optional<Error> member_error_;
  std::uint64_t failed_at_ = 0;  // number of the member that member_error_ is about
};

}  // namespace

Result<std::unique_ptr<ArchiveReader>> ArchiveReader::open(Content& content, ContainerKind kind) {
  const bool by_directory = kind == ContainerKind::zip && content.can_seek();
  auto reader = std::make_unique<LibarchiveReader>(content, kind);
  Status started = reader->start(content, by_directory ? ZipWay::by_directory : ZipWay::member_by_member);
  if (!started.ok() && by_directory) {
    HFSCAN_TRY(content.seek(0));
    reader = std::make_unique<LibarchiveReader>(content, kind);
    started = reader->start(content, ZipWay::member_by_member);
  }
  if (!started.ok()) return started.error();
  return std::unique_ptr<ArchiveReader>(std::move(reader));
}

}  // namespace hfscan
