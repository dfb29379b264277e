// Is a body of token shape a real token, or a placeholder, a hash, an identifier? Letters of a random token are independent;
// names are not, so a table of letter pairs tells them apart where entropy cannot. docs/plausibility.md has the data and error
// rates.
#pragma once

#include <string_view>

namespace hfscan {

enum class BodyClass {
  token,        // looks random
  placeholder,  // xxxx..., abcd..., qwerty..., your_token_here
  hash,         // digits and lower-case (or upper-case) hexadecimal letters only
  identifier,   // a camel-case or fused name
};

// `body` holds ASCII letters and digits. Never a verdict to drop: what is not `token` is reported as a look-alike.
BodyClass classify_body(std::string_view body);

// Whether a gated body is gated by so little that it may be a random one after all: a hash, or a name whose letter pairs say
// little. Placeholders and plain names never are.
bool is_doubtful(std::string_view body);

// Sum over neighbouring letters of the log-likelihood ratio identifier : random, in bits. Above 0 means identifier.
double bigram_score(std::string_view body);

}  // namespace hfscan
