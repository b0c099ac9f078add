//! Everybody can use it: by keyboard, on small screens, in either direction, with a screen reader.

use crate::bed::Bed;
use crate::site::axe;
use serde_json::json;

#[tokio::test]
async fn the_keyboard_is_enough() {
    let bed = Bed::make().await;
    bed.open("").await;
    let order = "document.activeElement.id";
    let mut seen = Vec::new();
    for _ in 0..3 {
        bed.press("Tab", 9).await;
        seen.push(bed.eval(order).await);
    }
    assert_eq!(seen, [json!("log"), json!("attach"), json!("text")]);
    bed.say("By keyboard").await;
    bed.is_sent().await;
    bed.until("document.activeElement.id === 'text'").await;
    assert_eq!(bed.stored().await, ["By keyboard"]);
    bed.end().await;
}

#[tokio::test]
async fn nothing_sticks_out_at_320_pixels() {
    let bed = Bed::make().await;
    bed.size(320, 568).await;
    bed.open("&requireEmailUpfront=1&title=Averyveryverylongtitlewithoutanyspaceinit")
        .await;
    bed.until("document.documentElement.scrollWidth <= 320")
        .await;
    bed.write("#email", "grace@example.com").await;
    bed.say(&"Averylongwordthatdoesnotend".repeat(6)).await;
    bed.is_sent().await;
    bed.until("document.documentElement.scrollWidth <= 320 && document.querySelector('#log').scrollWidth <= 320").await;
    bed.picture("narrow").await;
    bed.end().await;
}

#[tokio::test]
async fn right_to_left_is_mirrored() {
    let bed = Bed::make().await;
    bed.open(
        "&lang=ar&greeting=%D9%85%D8%B1%D8%AD%D8%A8%D8%A7&title=%D8%AF%D8%B1%D8%AF%D8%B4%D8%A9",
    )
    .await;
    bed.say("أين طلبي؟").await;
    bed.is_sent().await;
    bed.until("document.documentElement.dir === 'rtl'").await;
    let left = "document.querySelector('.own .bubble').getBoundingClientRect().left < 60";
    bed.until(left).await;
    bed.picture("right-to-left").await;
    axe(&bed).await;
    bed.end().await;
}

#[tokio::test]
async fn axe_has_nothing_to_say() {
    let bed = Bed::make().await;
    for theme in ["light", "dark"] {
        bed.open(&format!(
            "&theme={theme}&requireEmailUpfront=1&showAgentAvailability=1&greeting=Hello&subtitle=Ask"
        ))
        .await;
        bed.bubbles(&["Hello"]).await;
        axe(&bed).await;
    }
    bed.write("#email", "grace@example.com").await;
    bed.say("See https://example.com/").await;
    bed.is_sent().await;
    bed.reply("Thanks, https://example.com/ it is.").await;
    bed.shows(".theirs .bubble a").await;
    axe(&bed).await;
    bed.end().await;
}
