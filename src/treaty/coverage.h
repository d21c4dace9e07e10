#pragma once

#include "treaty/text_case.h"

/// How Comity carries each duty of the Convention, its lists and the reservations: exactly one way
/// each. The duties are a list of their own (data/treaty/requirements.tsv), so that one which the
/// code forgets is seen.
namespace comity::treaty {

/// Where a duty that no provision carries is found instead.
enum class How : std::uint8_t {
    code, ///< A provision or a deadline carries it: coverage() looks which.
    register_data, ///< Data that is kept: `where` names the file or the table.
    delegated, ///< Somebody decides it: `where` names who.
    later, ///< A room that is not built yet will carry it: `where` names the room and what.
};
BOOST_DESCRIBE_ENUM(How, code, register_data, delegated, later)

struct Requirement {
    std::string id; ///< "A31(4)(b)-1".
    std::string title;
    How how {};
    std::string where; ///< Empty for `code`.
};

/// Reads requirements.tsv: id, title, how (code, register, delegated, later), where. Errors:
/// malformed, naming the line; two rows of one id.
Result<std::vector<Requirement>> read_requirements(File const& file);

/// One duty and what carries it.
struct CoverageRow {
    std::string id;
    std::string title;
    std::string how; ///< rule, deadline, duty, register, delegated, later, or nothing.
    std::string where; ///< The source file for rule, deadline and duty.
    std::size_t cases = 0; ///< Text cases that expect something of it.
};

struct Coverage {
    std::vector<CoverageRow> rows;
    std::vector<std::string>
        problems; ///< Duties carried by nothing or twice; empty when all is well.
};

Coverage coverage(std::vector<Requirement> const& requirements, std::vector<TextCase> const& cases);

/// The table for a terminal, and the problems.
std::string print(Coverage const& coverage);

} // namespace comity::treaty
