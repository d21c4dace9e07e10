#pragma once

#include "treaty/table.h"

/// What Article 31(4)(g) and (h) leave to the law of each Party: within how many days a person is
/// answered, and to whom he may turn. Rows of data/treaty/persons.tsv with their sources. Where no
/// row speaks, nothing is guessed.
namespace comity::rights {

struct Sourced {
    std::string text;
    std::string source;
};

class National {
public:
    /// Nothing is known of any Party.
    National() = default;
    /// Error: malformed, naming file, row and column.
    static Result<National> read(std::string_view persons_tsv);

    struct Days {
        int count = 0;
        std::string source;
    };
    /// Within how long the law of the Party answers a person (A31(4)(g)-1).
    std::optional<Days> answer_days(std::string_view party, Date on) const;
    /// The independent court or body, with its address (A31(4)(h)).
    std::optional<Sourced> remedy(std::string_view party, Date on) const;

private:
    struct Entry {
        std::string party, about, value, source;
        treaty::Validity validity;
    };
    Entry const* find(std::string_view party, std::string_view about, Date on) const;

    std::vector<Entry> entries_;
};

} // namespace comity::rights
