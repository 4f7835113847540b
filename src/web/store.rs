//! One's own scenarios in the browser's database. Every call opens it anew: one that stays open would stand in the way of a
//! later version of the page in another tab.
//!
//! IndexedDB speaks in events; a promise whose two functions are themselves the listeners is all that it takes to wait for
//! one, so there is no crate for it here.

use gilscope::session::library::{Trouble, Write};
use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode};

use super::window;

const DATABASE: &str = "gilscope";
const STORE: &str = "scenarios";

/// What is kept, in no order.
pub(crate) async fn read() -> Result<Vec<String>, Trouble> {
    let database = open().await.map_err(|_| Trouble::Forbidden)?;
    let kept = async {
        let request = store(&database, IdbTransactionMode::Readonly)?.1.get_all()?;
        result(&request).await
    };
    let kept = kept.await;
    database.close();
    let kept: Array = kept.map_err(|_| Trouble::Forbidden)?.unchecked_into();
    Ok(kept.iter().filter_map(|text| text.as_string()).collect())
}

/// Keeps and forgets, all or nothing.
pub(crate) async fn write(writes: &[Write]) -> Result<(), Trouble> {
    let database = open().await.map_err(|_| Trouble::Forbidden)?;
    let written = async {
        let (transaction, store) = store(&database, IdbTransactionMode::Readwrite)?;
        for write in writes {
            match write {
                Write::Keep(own) => store.put_with_key(&own.text().into(), &(own.id as f64).into())?,
                Write::Forget(id) => store.delete(&(*id as f64).into())?,
            };
        }
        event(|done, failed| {
            transaction.set_oncomplete(Some(done));
            transaction.set_onabort(Some(failed));
        })
        .await
    };
    let written = written.await;
    database.close();
    written.map_err(|_| Trouble::Full)
}

async fn open() -> Result<IdbDatabase, JsValue> {
    let request = window().indexed_db()?.ok_or(JsValue::NULL)?.open_with_u32(DATABASE, 1)?;
    let make = {
        let request = request.clone();
        Closure::once_into_js(move || {
            if let Ok(database) = request.result() {
                let _ = database.unchecked_into::<IdbDatabase>().create_object_store(STORE);
            }
        })
    };
    request.set_onupgradeneeded(Some(make.unchecked_ref()));
    Ok(result(&request).await?.unchecked_into())
}

fn store(database: &IdbDatabase, mode: IdbTransactionMode) -> Result<(IdbTransaction, IdbObjectStore), JsValue> {
    let transaction = database.transaction_with_str_and_mode(STORE, mode)?;
    let store = transaction.object_store(STORE)?;
    Ok((transaction, store))
}

/// What a request comes to.
async fn result(request: &IdbRequest) -> Result<JsValue, JsValue> {
    event(|done, failed| {
        request.set_onsuccess(Some(done));
        request.set_onerror(Some(failed));
    })
    .await?;
    request.result()
}

/// Waits for one of two events.
async fn event(listen: impl Fn(&Function, &Function)) -> Result<(), JsValue> {
    JsFuture::from(Promise::new(&mut |done, failed| listen(&done, &failed))).await.map(drop)
}
