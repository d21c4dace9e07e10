#pragma once

#include "base/check.h"

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace comity {

/// Why an operation failed. A refusal under the law is not an Error; it is a decision.
struct Error {
    enum class Kind : std::uint8_t {
        malformed, ///< The input breaks a rule of form; `field` names the place.
        not_found,
        not_authentic, ///< A signature, certificate, session or password does not hold.
        not_permitted, ///< The account may not do this.
        conflict, ///< The state of things forbids it: a fork, a newer schema, a folder in use.
        too_large, ///< Over a limit; `what` names the limit.
        unavailable, ///< Disk, network or peer; the same call may succeed later.
    };
    Kind kind;
    std::string what; ///< One sentence for a person: what is wrong and which limit or rule.
    std::string field {}; ///< Path of the input at fault ("request.plate"), or empty.
};

/// A value, or the reason there is none. Callers must look: `auto x = TRY(f());`
template <class T> class [[nodiscard]] Result {
public:
    // NOLINTBEGIN(google-explicit-constructor): `return value;` and `return Error { };` must read
    // plainly.
    Result(T value)
        : state_(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : state_(std::in_place_index<1>, std::move(error))
    {
    }
    // NOLINTEND(google-explicit-constructor)

    bool ok() const { return state_.index() == 0; }
    T& value() &
    {
        MUST(ok());
        return std::get<0>(state_);
    }
    // By value from a temporary: `for (auto& x : f().value())` must not walk over a dead one.
    T value() &&
    {
        MUST(ok());
        return std::move(std::get<0>(state_));
    }
    T const& value() const&
    {
        MUST(ok());
        return std::get<0>(state_);
    }
    T take()
    {
        MUST(ok());
        return std::move(std::get<0>(state_));
    }
    Error const& error() const
    {
        MUST(!ok());
        return std::get<1>(state_);
    }

private:
    std::variant<T, Error> state_;
};

/// Done, or the reason it is not.
template <> class [[nodiscard]] Result<void> {
public:
    Result() = default;
    // NOLINTNEXTLINE(google-explicit-constructor): as above.
    Result(Error error)
        : failed_(true)
        , error_(std::move(error))
    {
    }

    bool ok() const { return !failed_; }
    void take() const { MUST(ok()); }
    Error const& error() const
    {
        MUST(!ok());
        return error_;
    }

private:
    bool failed_ = false;
    Error error_ { Error::Kind::unavailable, {}, {} };
};

} // namespace comity

#define COMITY_JOIN_(left, right) left##right
#define COMITY_TRY_(name, expression)                                                              \
    __extension__({                                                                                \
        auto name = (expression);                                                                  \
        if (!name.ok()) return name.error();                                                       \
        name.take();                                                                               \
    })
#define COMITY_TRY_AT_(number, expression)                                                         \
    COMITY_TRY_(COMITY_JOIN_(try_result_, number), expression)

/// The value of `expression`, or return its error from this function. Not inside a braced list:
/// GCC 12 forgets to destroy what the list had already built when the error returns from within.
#define TRY(expression) COMITY_TRY_AT_(__COUNTER__, expression)
