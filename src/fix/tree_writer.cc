// Tested by tests/unit/fix/tree_writer_test.cc.
#include "fix/tree_writer.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>

#include "base/encoding.h"
#include "base/text.h"
#include "sources/file_content.h"
#include "sources/folder.h"

namespace hfscan {
namespace {

constexpr std::size_t kLargestFile = std::size_t{16} << 20U;  // as Detector::kWholeBlob: edits are not found in larger ones

Error changed() { return Error{"changed since it was scanned; run hfscan again"}; }

Error failed(std::string_view what, int error_number) {
  switch (error_number) {
    case ELOOP: return Error{"is reached through a symlink; nothing is written there"};
    case EXDEV: return Error{"leads out of the scanned folder; nothing is written there"};
    default: return Error{cat(what, ": ", errno_text(error_number))};
  }
}

// Git's own files are git's to write, and a path with ".." is not one that a scan reports.
Status check_path(std::string_view path) {
  if (path.empty() || path.front() == '/') return Error{"is no path in the scanned folder"};
  for (;;) {
    const std::size_t slash = path.find('/');
    const std::string part = to_lower_ascii(path.substr(0, slash));
    if (part.empty() || part == "." || part == "..") return Error{"is no path in the scanned folder"};
    if (part == ".git") return Error{"belongs to git and is not changed"};
    if (slash == std::string_view::npos) return {};
    path.remove_prefix(slash + 1);
  }
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

struct OpenFile {
  FileDescriptor file;
  struct stat status {};
};

// Nothing when there is none.
Result<std::optional<OpenFile>> open_file(int root, const std::string& path) {
  OpenFile opened;
  opened.file = open_beneath(root, path);
  if (!opened.file.valid()) {
    if (errno == ENOENT) return std::optional<OpenFile>();
    return failed("cannot be read", errno);
  }
  if (::fstat(opened.file.get(), &opened.status) != 0) return failed("cannot be read", errno);
  if (!S_ISREG(opened.status.st_mode)) return Error{"is not a regular file"};
  return std::optional<OpenFile>(std::move(opened));
}

Result<std::string> text_of(const FileDescriptor& file) {
  std::string content;
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed("cannot be read", errno);
    if (count == 0) return content;
    content.append(buffer.data(), static_cast<std::size_t>(count));
    if (content.size() > kLargestFile) return Error{cat("is larger than ", human_bytes(kLargestFile))};
  }
}

// In the folder of the file that it becomes; removed unless that happens.
class TemporaryFile {
 public:
  explicit TemporaryFile(int folder) : folder_(folder) {
    std::array<char, 12> random{};
    if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size())) return;
    name_ = cat(".hfscan-", hex_encode({random.data(), random.size()}));
    file_ = FileDescriptor(::openat(folder_, name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  }
  ~TemporaryFile() {
    if (file_.valid() && !name_.empty()) ::unlinkat(folder_, name_.c_str(), 0);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  TemporaryFile(TemporaryFile&&) = delete;
  TemporaryFile& operator=(TemporaryFile&&) = delete;

  [[nodiscard]] bool valid() const { return file_.valid(); }
  [[nodiscard]] int get() const { return file_.get(); }

  Status replace(const std::string& target) {
    if (::renameat(folder_, name_.c_str(), folder_, target.c_str()) != 0) return failed("cannot be written", errno);
    name_.clear();
    return {};
  }

  // Never over a file that is there by now.
  Status become(const std::string& target) {
    int result = ::renameat2(folder_, name_.c_str(), folder_, target.c_str(), RENAME_NOREPLACE);
    if (result == 0) name_.clear();
    // Some file systems cannot; a second name for the file does the same.
    if (result != 0 && (errno == EINVAL || errno == ENOSYS)) {
      result = ::linkat(folder_, name_.c_str(), folder_, target.c_str(), 0);
    }
    if (result != 0 && errno == EEXIST) return changed();
    return result == 0 ? Status() : failed("cannot be written", errno);
  }

 private:
  int folder_;
  std::string name_;
  FileDescriptor file_;
};

mode_t mode_of_new_file(NewFile kind) {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return (kind == NewFile::executable ? 0777U : 0666U) & ~mask;
}

// Owner first: to change it takes special bits of the mode away. Only root may give files away; for others the group may be
// one they are in.
void keep_owner(int file, const struct stat& old) {
  if (::fchown(file, old.st_uid, old.st_gid) == 0) return;
  if (::fchown(file, static_cast<uid_t>(-1), old.st_gid) != 0) return;
}

bool is_same(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino && a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec &&
         a.st_mtim.tv_nsec == b.st_mtim.tv_nsec && a.st_ctim.tv_sec == b.st_ctim.tv_sec &&
         a.st_ctim.tv_nsec == b.st_ctim.tv_nsec;
}

Status fill(const TemporaryFile& temporary, std::string_view content, mode_t mode) {
  if (!temporary.valid()) return failed("cannot be written", errno);
  if (Status written = write_all(temporary.get(), content, "the file"); !written.ok()) return written;
  if (::fchmod(temporary.get(), mode) != 0 || ::fsync(temporary.get()) != 0) return failed("cannot be written", errno);
  return {};
}

}  // namespace

Result<TreeWriter> TreeWriter::open(const std::string& root) {
  HFSCAN_TRY_ASSIGN(FileDescriptor folder, open_folder(root));
  return TreeWriter(std::move(folder));
}

Result<std::optional<std::string>> TreeWriter::read(const std::string& path) const {
  HFSCAN_TRY(check_path(path));
  HFSCAN_TRY_ASSIGN(const std::optional<OpenFile> opened, open_file(root_.get(), path));
  if (!opened) return std::optional<std::string>();
  HFSCAN_TRY_ASSIGN(std::string content, text_of(opened->file));
  return std::optional(std::move(content));
}

Result<FileDescriptor> TreeWriter::folder_of(const std::string& path) const {
  FileDescriptor folder = open_beneath(root_.get(), parent_of(path), O_DIRECTORY);
  if (!folder.valid()) return failed("cannot be written", errno);
  return folder;
}

Status TreeWriter::make_folders(const std::string& path) const {
  for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    const std::string name = path.substr(0, slash);
    HFSCAN_TRY_ASSIGN(const FileDescriptor parent, folder_of(name));
    const std::string last = file_name(name);
    if (::mkdirat(parent.get(), last.c_str(), 0777) != 0 && errno != EEXIST) return failed("cannot be written", errno);
  }
  return {};
}

Status TreeWriter::write(const std::string& path, const std::optional<Sha256Digest>& before, std::string_view content,
                         NewFile kind) const {
  HFSCAN_TRY(check_path(path));
  if (!before) HFSCAN_TRY(make_folders(path));
  HFSCAN_TRY_ASSIGN(const std::optional<OpenFile> old, open_file(root_.get(), path));
  if (old.has_value() != before.has_value()) return changed();
  if (old) {
    HFSCAN_TRY_ASSIGN(const std::string current, text_of(old->file));
    if (sha256(current) != *before) return changed();
  }
  HFSCAN_TRY_ASSIGN(const FileDescriptor folder, folder_of(path));
  TemporaryFile temporary(folder.get());
  if (old && temporary.valid()) keep_owner(temporary.get(), old->status);
  HFSCAN_TRY(fill(temporary, content, old ? old->status.st_mode & 07777U : mode_of_new_file(kind)));
  const std::string name = file_name(path);
  if (!old) {
    HFSCAN_TRY(temporary.become(name));
  } else {
    struct stat now {};
    const bool same = ::fstatat(folder.get(), name.c_str(), &now, AT_SYMLINK_NOFOLLOW) == 0 && is_same(now, old->status);
    if (!same) return changed();
    HFSCAN_TRY(temporary.replace(name));
  }
  ::fsync(folder.get());
  return {};
}

}  // namespace hfscan
