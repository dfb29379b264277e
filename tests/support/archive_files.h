// Archives and compressed data made in memory, with libarchive's writers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sources/container_kind.h"

namespace hfscan::test {

struct ArchiveMember {
  std::string path;
  std::string bytes;
  std::string link = {};  // a symbolic link when not empty
};

enum class ZipMethod { stored, deflated, encrypted };
enum class TarFlavour { v7, ustar, gnu, pax };

std::string zip_of(const std::vector<ArchiveMember>& members, ZipMethod method = ZipMethod::deflated);
std::string tar_of(const std::vector<ArchiveMember>& members, TarFlavour flavour = TarFlavour::ustar);
std::string cpio_of(const std::vector<ArchiveMember>& members);
std::string ar_of(const std::vector<ArchiveMember>& members);

// `kind` is a stream.
std::string compressed(std::string_view bytes, ContainerKind kind);

}  // namespace hfscan::test
