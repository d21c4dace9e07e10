#pragma once

#include "treaty/deadline.h"
#include "treaty/finding.h"
#include "treaty/pair.h"

#include <algorithm>

namespace comity::treaty {

/// What a provision sees of a case. It writes down in the finding every fact that is read, so that
/// the reasons of a decision cost nothing.
class View {
public:
    View(Measure measure, Pair const& pair, Facts const& facts, Standing const& requesting,
        Standing const& requested)
        : measure_(measure)
        , pair_(pair)
        , facts_(facts)
        , requesting_authority_(requesting)
        , requested_authority_(requested)
    {
    }
    /// What is read from now on, is read for this finding.
    void write_into(Finding& finding) { finding_ = &finding; }

    Truth is(BooleanFact const& fact)
    {
        if (!read(fact)) return unknown;
        return facts_.number(fact.id) != 0;
    }
    template <class Enum> Truth is(WordFact<Enum> const& fact, Enum word)
    {
        if (!read(fact)) return unknown;
        return facts_.number(fact.id) == static_cast<std::int64_t>(word);
    }
    /// Whether the text has any letter.
    Truth given(TextFact const& fact)
    {
        if (!read(fact)) return unknown;
        return facts_.number(fact.id) != 0;
    }
    Truth at_least(IntegerFact const& fact, std::int64_t least)
    {
        if (!read(fact)) return unknown;
        return facts_.number(fact.id) >= least;
    }
    Truth at_most(IntegerFact const& fact, std::int64_t most)
    {
        if (!read(fact)) return unknown;
        return facts_.number(fact.id) <= most;
    }
    Truth not_above(IntegerFact const& fact, IntegerFact const& most)
    {
        if (auto const both = read_both(fact, most); !both.yes()) return both;
        return facts_.number(fact.id) <= facts_.number(most.id);
    }
    /// The one instant is not later than the other.
    Truth not_after(InstantFact const& fact, InstantFact const& latest)
    {
        if (auto const both = read_both(fact, latest); !both.yes()) return both;
        return facts_.number(fact.id) <= facts_.number(latest.id);
    }
    Truth not_after(InstantFact const& fact, Instant latest)
    {
        if (!read(fact)) return unknown;
        return facts_.number(fact.id) <= latest.time_since_epoch().count();
    }
    Truth not_after(DateFact const& fact, DateFact const& latest)
    {
        if (auto const both = read_both(fact, latest); !both.yes()) return both;
        return facts_.number(fact.id) <= facts_.number(latest.id);
    }
    Truth not_before(DateFact const& fact, Date date)
    {
        if (!read(fact)) return unknown;
        return facts_.number(fact.id) >= date.time_since_epoch().count();
    }
    std::optional<std::int64_t> number(IntegerFact const& fact)
    {
        if (!read(fact)) return std::nullopt;
        return facts_.number(fact.id);
    }
    std::optional<Instant> instant(InstantFact const& fact)
    {
        if (!read(fact)) return std::nullopt;
        return Instant { Instant::duration { facts_.number(fact.id) } };
    }
    std::optional<Date> date(DateFact const& fact)
    {
        if (!read(fact)) return std::nullopt;
        return Date { std::chrono::days { facts_.number(fact.id) } };
    }
    template <class Enum> std::optional<Enum> word(WordFact<Enum> const& fact)
    {
        if (!read(fact)) return std::nullopt;
        return static_cast<Enum>(facts_.number(fact.id));
    }
    std::optional<Kind> kind() { return word(fact::kind); }

    /// When a term that starts with the fact is up; none while the fact is not known.
    std::optional<Instant> due(Term const& term, InstantFact const& anchor)
    {
        auto const from = instant(anchor);
        if (!from) return std::nullopt;
        return treaty::due(term, *from, pair_.zone(term.calendar)).value();
    }

    /// What an implementing agreement says. Nowhere: no agreement of the two Parties has a word on
    /// it. Not public: there is a row, and nobody outside knows the value.
    Agreed const& agreed(AgreementTerm term)
    {
        auto const& found = pair_.agreed[static_cast<std::size_t>(term)];
        if (found.stated == Stated::nowhere) return found;
        rests_on(found.source);
        if (found.stated == Stated::not_public)
            because("What the implementing agreement of {requesting} and {requested} says on this "
                    "is not public.");
        return found;
    }
    /// A flag: no where no agreement says so.
    Truth is_agreed(AgreementTerm term)
    {
        auto const& found = agreed(term);
        if (found.stated == Stated::nowhere) return false;
        if (found.stated == Stated::not_public) return unknown;
        return found.number != 0;
    }
    /// The authority of the fact is among those that an agreement lists; no where none does.
    Truth is_listed_in(AgreementTerm term, TextFact const& authority)
    {
        auto const& found = agreed(term);
        if (found.stated == Stated::nowhere) return false;
        if (found.stated == Stated::not_public) return unknown;
        if (!read(authority)) return unknown;
        return std::ranges::find(*found.ids, facts_.text(authority)) != found.ids->end();
    }
    /// What the law of a Party says; where the table is silent, the official answers.
    Truth national(Side const& side, NationalRule rule, BooleanFact const& answer)
    {
        auto const& row = side.national[static_cast<std::size_t>(rule)];
        if (row.value.unknown()) return is(answer);
        rests_on(row.source);
        return row.value;
    }

    /// What the requesting authority is, or unknown like the fact that names it.
    Truth requesting_authority(Sourced<bool> Standing::* what)
    {
        return standing(fact::requesting_authority, requesting_authority_, what);
    }
    Truth requested_authority(Sourced<bool> Standing::* what)
    {
        return standing(fact::requested_authority, requested_authority_, what);
    }

    Measure measure() const { return measure_; }
    Instant at() const { return pair_.at; }
    Pair const& pair() const { return pair_; }
    Side const& sender() const
    {
        return requesting_sends(measure_) ? pair_.requesting : pair_.requested;
    }
    Side const& receiver() const
    {
        return requesting_sends(measure_) ? pair_.requested : pair_.requesting;
    }

    /// Names the instrument that set what was just used. The first one named stays, unless a later
    /// one is a TEST: that must be seen.
    void rests_on(SourceId source)
    {
        auto& named = finding_->source;
        if (named == source_convention || is_test_source(source)) named = source;
    }
    /// Gives this reason in place of the provision's own.
    void because(std::string_view reason) { finding_->because = reason; }

private:
    Truth read_both(FactDescription const& one, FactDescription const& other)
    {
        bool const first = read(one);
        bool const second = read(other);
        return first && second ? Truth { true } : unknown;
    }
    bool read(FactDescription const& fact)
    {
        bool const known = facts_.knows(fact.id);
        finding_->facts.add(fact.id, known);
        return known;
    }
    Truth standing(TextFact const& fact, Standing const& who, Sourced<bool> Standing::* what)
    {
        if (!read(fact)) return unknown;
        if ((who.*what).value) rests_on((who.*what).source);
        return (who.*what).value;
    }

    Measure measure_;
    Pair const& pair_;
    Facts const& facts_;
    Standing const& requesting_authority_;
    Standing const& requested_authority_;
    Finding* finding_ = nullptr;
};

} // namespace comity::treaty
