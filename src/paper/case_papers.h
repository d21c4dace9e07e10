#pragma once

#include "casework/casework.h"
#include "casework/exports.h"
#include "document/document.h"

/// A request, an answer and a whole case as a document to print: seen first, then exported, and
/// each export is an entry. Identities of officials stand as codes where Articles 13(5)(h),
/// 14(5)(h) and 16(7) ask it, and elsewhere where the officer wants it.
namespace comity::paper {

constexpr std::size_t also_masked_max = 50;
constexpr std::size_t also_masked_bytes_min = 2, also_masked_bytes_max = 100;

enum class Piece : std::uint8_t { request, answer, file };
BOOST_DESCRIBE_ENUM(Piece, request, answer, file)

/// What the officer wants on paper.
struct Order {
    Piece piece {};
    std::optional<std::string> language {}; ///< Of the headings: en, bg, es, ro, sr, sq.
    std::optional<std::string> purpose {}; ///< What it leaves the node for; a preview needs none.
    std::optional<bool> mask_officials {}; ///< Yes where missing.
    std::optional<std::vector<std::string>> also_mask {}; ///< Further names, as they are written.
};
BOOST_DESCRIBE_STRUCT(Order, (), (piece, language, purpose, mask_officials, also_mask))

/// A name, and the code that stands for it wherever it stood.
struct MaskedName {
    std::string name, code;
};
BOOST_DESCRIBE_STRUCT(MaskedName, (), (name, code))

struct Sheet {
    document::Document document;
    std::vector<MaskedName> masked;
    bool must_mask = false; ///< The Convention asks for it here.
    std::string masking; ///< As casework::Export says it.
    std::vector<std::string>
        left_out; ///< Types of contents that are closed to who asks, or covert.
};

/// The pure part: how a case looks on paper.
Result<Sheet> sheet_of(casework::CaseView const& view, Order const& order,
    std::string const& own_state, std::string const& unit, Instant now);

struct Preview {
    std::optional<access::Refusal> refused {};
    Sheet sheet {};
};
struct Exported {
    std::optional<access::Refusal> refused {};
    casework::Export entry {};
    Bytes file {};
};

class CasePapers {
public:
    /// All of them outlive it.
    CasePapers(store::Store& store, protection::Vault& vault, casework::Casework& casework,
        casework::Settings settings, Clock clock);

    /// What would leave. Noted as reading. Errors: not_found; conflict where the case has no such
    /// piece; malformed naming the member.
    Result<Preview> preview(
        std::string_view number, Order const& order, casework::Officer const& officer);
    /// "pdf" or "html". Each content is judged and noted as disclosed, and its destruction will
    /// name the copy. Errors besides: malformed, `purpose`, without one; too_large.
    Result<Exported> export_case(std::string_view number, Order const& order,
        std::string_view format, casework::Officer const& officer);
    /// A refusal cites A32(1).
    struct Listed {
        std::optional<access::Refusal> refused {};
        std::vector<casework::Export> exports {};
    };
    Result<Listed> exports(std::string_view number, casework::Officer const& officer);

private:
    store::Store& store_;
    protection::Vault& vault_;
    casework::Casework& casework_;
    casework::Settings settings_;
    Clock clock_;
};

} // namespace comity::paper
