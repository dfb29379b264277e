#include "git/loose_object.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <optional>

#include "base/text.h"

namespace hfscan {
namespace {

// "commit " + 20 digits of a 64-bit size + NUL.
constexpr std::size_t kLongestHeader = 28;
// One read call per this much of the file; most loose objects are smaller.
constexpr std::size_t kInputSize = 16384;

}  // namespace

std::optional<ObjectType> object_type_from(std::string_view name) {
  if (name == "blob") return ObjectType::blob;
  if (name == "tree") return ObjectType::tree;
  if (name == "commit") return ObjectType::commit;
  if (name == "tag") return ObjectType::tag;
  return std::nullopt;
}

Result<std::unique_ptr<LooseObject>> LooseObject::open(const std::string& objects_folder, const ObjectId& id) {
  const std::string hex = id.hex();
  if (hex.size() < 3) return Error{"not an object id"};
  return open_file(cat(objects_folder, "/", hex.substr(0, 2), "/", hex.substr(2)));
}

Result<std::unique_ptr<LooseObject>> LooseObject::open_file(const std::string& path) {
  FileDescriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (!file.valid()) {
    if (errno == ENOENT || errno == ENOTDIR) return std::unique_ptr<LooseObject>();
    return Error{errno_text(errno)};
  }
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return Error{errno_text(errno)};
  if (!S_ISREG(status.st_mode)) return Error{"object is not a regular file"};
  std::unique_ptr<LooseObject> object(new LooseObject(std::move(file)));
  HFSCAN_TRY(object->read_header());
  return object;
}

Status LooseObject::refill() {
  input_.resize(kInputSize);
  input_position_ = 0;
  for (;;) {
    const ssize_t count = ::read(file_.get(), input_.data(), input_.size());
    if (count < 0 && errno == EINTR) continue;
    input_.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    if (count < 0) return Error{errno_text(errno)};
    if (count == 0) return Error{"object is truncated"};
    return {};
  }
}

// 0 only at the end of the stream.
Result<std::size_t> LooseObject::inflate_some(std::span<char> buffer) {
  while (!finished_) {
    if (input_position_ == input_.size()) HFSCAN_TRY(refill());
    HFSCAN_TRY_ASSIGN(const Inflater::Step step, inflater_.step(std::string_view(input_).substr(input_position_), buffer));
    input_position_ += step.consumed;
    finished_ = step.finished;
    if (step.produced > 0) return step.produced;
    if (step.consumed == 0 && !finished_) return Error{"zlib stream is damaged"};
  }
  return std::size_t{0};
}

Status LooseObject::read_header() {
  std::array<char, 256> buffer{};
  std::size_t nul = std::string::npos;
  while (nul == std::string::npos && pending_.size() < kLongestHeader) {
    HFSCAN_TRY_ASSIGN(const std::size_t count, inflate_some(buffer));
    if (count == 0) break;
    pending_.append(buffer.data(), count);
    nul = pending_.find('\0');
  }
  const std::string_view header = std::string_view(pending_).substr(0, nul);
  const std::size_t space = header.find(' ');
  if (nul == std::string::npos || space == std::string::npos) return Error{"object header is damaged"};
  const std::optional<ObjectType> type = object_type_from(header.substr(0, space));
  const char* end = header.data() + header.size();
  const auto [stop, code] = std::from_chars(header.data() + space + 1, end, size_);
  if (!type || code != std::errc() || stop != end) return Error{"object header is damaged"};
  type_ = *type;
  pending_.erase(0, nul + 1);
  return {};
}

Status LooseObject::check_end() {
  std::array<char, 1> extra{};
  HFSCAN_TRY_ASSIGN(const std::size_t count, inflate_some(extra));
  if (count > 0 || !pending_.empty()) return Error{"object is longer than its header says"};
  return {};
}

Result<std::size_t> LooseObject::read(std::span<char> buffer) {
  const std::uint64_t left = size_ - given_;
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, buffer.size()));
  if (left == 0) {
    HFSCAN_TRY(check_end());
    return std::size_t{0};
  }
  std::size_t count = std::min(wanted, pending_.size());
  if (count > 0) {
    std::copy_n(pending_.begin(), count, buffer.begin());
    pending_.erase(0, count);
  } else if (wanted > 0) {
    HFSCAN_TRY_ASSIGN(count, inflate_some(buffer.first(wanted)));
    if (count == 0) return Error{"object is shorter than its header says"};
  }
  given_ += count;
  return count;
}

Result<std::string> LooseObject::read_all(std::uint64_t limit) {
  if (size_ > limit) return Error{cat("object is larger than ", human_bytes(limit))};
  std::string bytes;
  std::array<char, 8192> buffer{};
  for (;;) {
    HFSCAN_TRY_ASSIGN(const std::size_t count, read(buffer));
    if (count == 0) return bytes;
    bytes.append(buffer.data(), count);
  }
}

}  // namespace hfscan
