#pragma once

#include "treaty/fact/final.h"

#include <bitset>
#include <optional>
#include <span>

namespace comity::treaty {

constexpr std::size_t fact_count = first_of_final + final_facts.size();

/// All facts, each at the place of its id.
std::span<FactDescription const* const, fact_count> fact_descriptions();
/// Null for a name that is no fact.
FactDescription const* find_fact(std::string_view name);

/// What is known of a case. A fact that was not told is unknown, which is neither no nor empty.
/// Texts are kept for the record; provisions ask whether they are given and compare authorities.
class Facts {
public:
    static constexpr std::size_t text_bytes_max = 4096;
    /// The last day that a date or an instant may fall on: every term still ends in a year of four
    /// digits, and within the time that every rule is valid.
    static constexpr Date last_day { std::chrono::sys_days {
        std::chrono::year { 2999 } / std::chrono::December / 31 } };

    void tell(BooleanFact const& fact, bool value) { put(fact.id, value); }
    void tell(DateFact const& fact, Date value) { put(fact.id, value.time_since_epoch().count()); }
    void tell(InstantFact const& fact, Instant value)
    {
        put(fact.id, value.time_since_epoch().count());
    }
    void tell(IntegerFact const& fact, std::int64_t value) { put(fact.id, value); }
    void tell(TextFact const& fact, std::string value);
    template <class Enum> void tell(WordFact<Enum> const& fact, Enum value)
    {
        put(fact.id, static_cast<std::int64_t>(value));
    }
    /// For programs that go through the values of a fact: the number as number() gives it back.
    void tell_number(FactDescription const& fact, std::int64_t value) { put(fact.id, value); }
    void forget(FactDescription const& fact) { known_[fact.id] = false; }

    bool knows(FactId fact) const { return known_[fact]; }
    /// The plain number of a fact that is known; of a text whether it has any letter.
    std::int64_t number(FactId fact) const { return numbers_[fact]; }
    /// Empty while the text is not known.
    std::string_view text(FactDescription const& fact) const;

    /// Facts by name, as JSON: booleans, words, dates (2026-04-17), instants (RFC 3339), whole
    /// numbers and texts; null is the same as not told. Of a text `true` says only that it was
    /// given. Errors name the fact by its path.
    static Result<Facts> read(json::Object const& object, std::string const& path);
    /// Only what is known, in the order of the ids.
    json::Object write() const;
    /// The same without the words of the case: of every text but the ids of the two authorities
    /// only whether it was given. A decision judged from it is the same decision.
    json::Object write_without_words() const;

    /// Error: malformed, naming the place by its path, for a day after last_day.
    static Result<void> refuse_later(Date date, std::string const& path);

private:
    void put(FactId fact, std::int64_t value)
    {
        known_[fact] = true;
        numbers_[fact] = value;
    }
    void tell_text(FactId fact, std::string value);
    json::Object write(bool words_too) const;
    json::Value write_one(FactDescription const& fact, bool words_too) const;
    Result<void> read_text(
        FactDescription const& fact, json::Value const& value, std::string const& path);
    Result<void> read_one(
        FactDescription const& fact, json::Value const& value, std::string const& path);

    std::bitset<fact_count> known_;
    std::array<std::int64_t, fact_count> numbers_ {};
    std::vector<std::pair<FactId, std::string>> texts_;
};

} // namespace comity::treaty
