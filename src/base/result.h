// Errors as values: Result<T>, Status and the two HFSCAN_TRY macros.
//
// An Error means "cannot go on". It is separate from core's Diagnostic, which means "this item could not be scanned; go on
// and say so". Our own code throws nothing; exceptions of third-party libraries are caught in the one file that includes them.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace hfscan {

// `message` is one line: it names the thing, what was expected and the next step. It never holds a secret.
struct Error {
  std::string message;
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // Only when ok().
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  // Only when !ok().
  [[nodiscard]] const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  [[nodiscard]] const Error& error() const { return *error_; }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace hfscan

#define HFSCAN_CONCAT_INNER(a, b) a##b
#define HFSCAN_CONCAT(a, b) HFSCAN_CONCAT_INNER(a, b)

// Returns the error of a Status (or of a Result whose value is not wanted) to the caller.
#define HFSCAN_TRY(expression)                                              \
  do {                                                                      \
    auto hfscan_status = (expression);                                      \
    if (!hfscan_status.ok()) return ::hfscan::Error(hfscan_status.error()); \
  } while (false)

// HFSCAN_TRY_ASSIGN(auto file, open(...)): declares or assigns the value, or returns the error to the caller.
#define HFSCAN_TRY_ASSIGN(declaration, expression)                                                                            \
  auto HFSCAN_CONCAT(hfscan_result_, __LINE__) = (expression);                                                                \
  if (!HFSCAN_CONCAT(hfscan_result_, __LINE__).ok()) return ::hfscan::Error(HFSCAN_CONCAT(hfscan_result_, __LINE__).error()); \
  declaration = std::move(HFSCAN_CONCAT(hfscan_result_, __LINE__)).value()  // NOLINT(bugprone-macro-parentheses): a declaration
