#pragma once

#include <cstdint>
#include <initializer_list>

namespace comity::treaty {

/// Yes, no, or not known (Kleene, 1938). What is not known is never taken for yes or for no.
class Truth {
public:
    enum class Value : std::uint8_t { no, yes, unknown };

    constexpr Truth() = default; ///< Not known.
    // NOLINTBEGIN(google-explicit-constructor): a bool is a Truth that happens to be known.
    constexpr Truth(bool known)
        : value_(known ? Value::yes : Value::no)
    {
    }
    constexpr Truth(Value value)
        : value_(value)
    {
    }
    // NOLINTEND(google-explicit-constructor)

    constexpr bool yes() const { return value_ == Value::yes; }
    constexpr bool no() const { return value_ == Value::no; }
    constexpr bool unknown() const { return value_ == Value::unknown; }

    constexpr Truth operator!() const
    {
        if (unknown()) return *this;
        return no();
    }
    constexpr bool operator==(Truth const&) const = default;

private:
    Value value_ = Value::unknown;
};

constexpr Truth unknown { Truth::Value::unknown };

// Braces and not operators: what stands in braces is evaluated from left to right, so the facts of
// a finding come out in the same order from every compiler.

/// One no decides, whatever is not known.
constexpr Truth all(std::initializer_list<Truth> truths)
{
    Truth out { true };
    for (auto const each : truths) {
        if (each.no()) return each;
        if (each.unknown()) out = each;
    }
    return out;
}

/// One yes decides, whatever is not known.
constexpr Truth any(std::initializer_list<Truth> truths)
{
    Truth out { false };
    for (auto const each : truths) {
        if (each.yes()) return each;
        if (each.unknown()) out = each;
    }
    return out;
}

} // namespace comity::treaty
