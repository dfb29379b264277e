#include "support/archive_files.h"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

#include <memory>

namespace hfscan::test {
namespace {

struct Free {
  void operator()(archive* handle) const { ::archive_write_free(handle); }
  void operator()(archive_entry* entry) const { ::archive_entry_free(entry); }
};

la_ssize_t append(archive* /*handle*/, void* out, const void* bytes, std::size_t size) {
  static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

// One archive being written.
class Writer {
 public:
  archive* handle() { return handle_.get(); }

  void open() {
    ::archive_write_set_bytes_per_block(handle(), 0);
    check(::archive_write_open(handle(), &out_, nullptr, append, nullptr));
  }

  void add(const ArchiveMember& member) {
    const std::unique_ptr<archive_entry, Free> entry(::archive_entry_new());
    ::archive_entry_set_pathname(entry.get(), member.path.c_str());
    ::archive_entry_set_perm(entry.get(), 0644);
    ::archive_entry_set_mtime(entry.get(), 1'700'000'000, 0);
    ::archive_entry_set_filetype(entry.get(), member.link.empty() ? AE_IFREG : AE_IFLNK);
    if (!member.link.empty()) ::archive_entry_set_symlink(entry.get(), member.link.c_str());
    ::archive_entry_set_size(entry.get(), static_cast<la_int64_t>(member.bytes.size()));
    check(::archive_write_header(handle(), entry.get()));
    if (!member.bytes.empty()) {
      EXPECT_EQ(::archive_write_data(handle(), member.bytes.data(), member.bytes.size()),
                static_cast<la_ssize_t>(member.bytes.size()));
    }
  }

  std::string finish() {
    check(::archive_write_close(handle()));
    return std::move(out_);
  }

  void check(int code) { EXPECT_GE(code, ARCHIVE_WARN) << ::archive_error_string(handle()); }

 private:
  std::string out_;  // outlives the handle, which may write when it is freed
  std::unique_ptr<archive, Free> handle_{::archive_write_new()};
};

std::string written(Writer& writer, const std::vector<ArchiveMember>& members) {
  writer.open();
  for (const ArchiveMember& member : members) writer.add(member);
  return writer.finish();
}

}  // namespace

std::string zip_of(const std::vector<ArchiveMember>& members, ZipMethod method) {
  Writer writer;
  writer.check(::archive_write_set_format_zip(writer.handle()));
  if (method == ZipMethod::stored) ::archive_write_zip_set_compression_store(writer.handle());
  if (method == ZipMethod::encrypted) {
    writer.check(::archive_write_set_options(writer.handle(), "zip:encryption=traditional"));
    writer.check(::archive_write_set_passphrase(writer.handle(), "a passphrase"));
  }
  return written(writer, members);
}

std::string tar_of(const std::vector<ArchiveMember>& members, TarFlavour flavour) {
  Writer writer;
  switch (flavour) {
    case TarFlavour::v7: writer.check(::archive_write_set_format_v7tar(writer.handle())); break;
    case TarFlavour::ustar: writer.check(::archive_write_set_format_ustar(writer.handle())); break;
    case TarFlavour::gnu: writer.check(::archive_write_set_format_gnutar(writer.handle())); break;
    case TarFlavour::pax: writer.check(::archive_write_set_format_pax(writer.handle())); break;
  }
  return written(writer, members);
}

std::string cpio_of(const std::vector<ArchiveMember>& members) {
  Writer writer;
  writer.check(::archive_write_set_format_cpio_newc(writer.handle()));
  return written(writer, members);
}

std::string ar_of(const std::vector<ArchiveMember>& members) {
  Writer writer;
  writer.check(::archive_write_set_format_ar_bsd(writer.handle()));
  return written(writer, members);
}

std::string compressed(std::string_view bytes, ContainerKind kind) {
  Writer writer;
  writer.check(::archive_write_set_format_raw(writer.handle()));
  switch (kind) {
    case ContainerKind::gzip: writer.check(::archive_write_add_filter_gzip(writer.handle())); break;
    case ContainerKind::bzip2: writer.check(::archive_write_add_filter_bzip2(writer.handle())); break;
    case ContainerKind::xz: writer.check(::archive_write_add_filter_xz(writer.handle())); break;
    case ContainerKind::zstd: writer.check(::archive_write_add_filter_zstd(writer.handle())); break;
    case ContainerKind::lz4: writer.check(::archive_write_add_filter_lz4(writer.handle())); break;
    default: ADD_FAILURE() << "no stream: " << to_string(kind);
  }
  return written(writer, {{"data", std::string(bytes)}});
}

}  // namespace hfscan::test
