#pragma once

#include "paper/case_papers.h"

/// Codes in place of names, one for each name wherever it stands.
namespace comity::paper {

class Mask {
public:
    /// "Official", "Person" in the language of the paper.
    Mask(std::string official, std::string person);

    /// Officers of this State by what the timeline says; nodes are no persons.
    void add_officials_of(casework::CaseView const& view, std::string const& own_state);
    void add_official(std::string const& name, std::string const& state);
    void add_person(std::string const& name);

    /// The longest names first, so that none shows through a shorter one.
    std::string applied(std::string_view text);
    /// Those that stood somewhere, in the order of their codes.
    std::vector<MaskedName> used() const;

private:
    struct Entry {
        MaskedName masked;
        bool used = false;
    };
    void add(std::string const& name, std::string code);

    std::string official_, person_;
    std::size_t officials_ = 0, persons_ = 0;
    std::vector<Entry> entries_; // the longest names first
};

} // namespace comity::paper
