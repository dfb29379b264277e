// A whole report as bytes and back, exactly: what a run over an unchanged repository says again without reading it.
//
// Separate from the reporters, which write for people and leave out what these do not ask for. A report holds no secret, only
// masks and SHA-256 (core/finding.h), so neither do these bytes. They are for the same build on the same machine, never for
// anybody else: the file around them (base/sealed_file.h) says what they depend on and finds every damage.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/report.h"

namespace hfscan {

// Rules are written by their ids.
std::string encode_report(const Report& report);

// Nothing when a rule is not among `rules`, or the bytes are not exactly a report. Safe for any bytes.
std::optional<Report> decode_report(std::string_view bytes, const std::vector<const Rule*>& rules);

// The report in a file that was written for this basis, which has to cover everything that the report depends on: the state of
// the repository, the rules, the options, the version of the program. `rules` are those that are active.
std::optional<Report> read_stored_report(const std::string& path, const Sha256Digest& basis,
                                         const std::vector<const Rule*>& rules);

// Writes nothing when the report is not complete or has diagnostics: what could not be read is to be tried again. An Error
// leaves the old file.
Status write_stored_report(const std::string& path, const Sha256Digest& basis, const Report& report);

}  // namespace hfscan
