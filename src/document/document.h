#pragma once

#include "base/bytes.h"
#include "base/instant.h"

#include <optional>
#include <variant>

/// A document as a plain value - a page of law, a request, an answer, a letter to a person - and
/// two writers of it. What is written depends on nothing but the value (and, for print, on the
/// fonts of the machine): the same document gives the same bytes.
namespace comity::document {

enum class Style : std::uint8_t { plain, strong, faint, code };

/// Where a piece of text leads: to a `place` of the document written beside this one under the name
/// `document`, or of this one where that is empty. An empty place is the beginning. Letters, digits
/// and hyphens: place_of() makes one.
struct Link {
    std::string document;
    std::string place;
};

struct Run {
    std::string text; ///< UTF-8; a line feed breaks the line.
    Style style = Style::plain;
    std::optional<Link> link {};
};

struct Text {
    std::vector<Run> runs;

    Text() = default;
    // NOLINTBEGIN(google-explicit-constructor): most text is plain, and must read plainly.
    Text(char const* text)
        : runs { { text } }
    {
    }
    Text(std::string text)
        : runs { { std::move(text) } }
    {
    }
    // NOLINTEND(google-explicit-constructor)
    Text(std::initializer_list<Run> all)
        : runs(all)
    {
    }
};

struct Heading {
    int level = 1; ///< 1 to 3, under the title of the document; all stand in the outline.
    Text text;
    std::string place {}; ///< What links lead to; no two headings share one.
};
struct Paragraph {
    Text text;
};
struct List {
    std::vector<Text> items;
    bool numbered = false;
};
/// A name and what it is, one under the other.
struct Particular {
    std::string name;
    Text value;
};
struct Particulars {
    std::vector<Particular> all;
};
struct Column {
    std::string title;
    int share = 1; ///< Of the width, beside the shares of the others.
};
/// Breaks across pages; the titles stand above it on each. A short row lacks its last cells.
struct Table {
    std::vector<Column> columns;
    std::vector<std::vector<Text>> rows;
};
struct Note {
    Text text;
    bool warning = false;
};
/// Text whose every blank counts.
struct Verbatim {
    std::string text;
};
/// Lines to write on, each over the words that say what belongs there.
struct Signature {
    std::vector<std::string> lines;
};
using Block = std::variant<Heading, Paragraph, List, Particulars, Table, Note, Verbatim, Signature>;

struct Document {
    std::string title;
    std::string language = "en"; ///< BCP 47.
    std::string author;
    Instant created; ///< What the file says of its own making; nothing here reads a clock.
    std::string header; ///< Runs along the head of every page.
    std::string footer; ///< Runs along the foot of every page, before the number.
    std::string page_number = "{page} / {pages}"; ///< In the language of the document.
    std::vector<Block> blocks;
};

constexpr std::size_t text_bytes_max = 256U << 10U; ///< Of one paragraph, cell or other text.

/// One HTML file that needs no other: its style is inside, it runs nothing and fetches nothing. For
/// screens from 390 px up, light and dark, and for print. A link leads to `<document>.html`.
std::string html(Document const& document);

/// PDF on A4, with outline, title and date; set in Liberation Sans and Mono, and what these lack in
/// any font of the machine. A link leads to `<document>.pdf`. Errors: too_large over the limits;
/// malformed for a character that no font here has (naming the text), for two headings of one place
/// and for a link to a place of this document that no heading is.
Result<Bytes> pdf(Document const& document, std::size_t pages_max = 1000);

/// "A13(5)(b)" to "A13-5-b": a place that may stand in addresses.
std::string place_of(std::string_view text);

/// The text as both writers show it: what is no UTF-8, control characters but line feed and tab,
/// and the characters that turn the direction of the text after them become U+FFFD. Text from
/// elsewhere must not be able to look like something else.
std::string clean(std::string_view text);

} // namespace comity::document
